package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlClient;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.FailedStart;
import dev.jlp.control.Request;
import dev.jlp.control.SocketPlace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agent inside one JVM.
 *
 * @param pid the JVM
 * @param socket where the agent listens
 */
record Agent(long pid, Path socket) {

    /** Redefining many classes of a large heap takes its time. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(10);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** The agent that is there; attaches none. */
    static Agent present(long pid) throws ControlProblem {
        Attaching.checkProcess(pid);
        Agent agent = listening(pid);
        if (agent == null) {
            Path told = Attaching.socketProperty(pid);
            agent = named(pid, told);
            if (agent == null && told != null) {
                throw unreachable(pid, told);
            }
        }
        if (agent == null) {
            Optional<String> failed = failure(pid);
            if (failed.isPresent()) {
                throw new ControlProblem(ErrorCode.ESRCH, "JVM " + pid + ": " + failed.get());
            }
            throw new ControlProblem(
                    ErrorCode.ESRCH,
                    JvmProcess.isJvm(pid)
                            ? "no JLP agent in JVM " + pid + "; 'jlp load' attaches it"
                            : "process " + pid + " is not a JVM");
        }
        return agent;
    }

    /** The agent that is there, or one attached now. */
    static Agent attached(long pid, PrintWriter notes) throws ControlProblem {
        Attaching.checkProcess(pid);
        Agent agent = listening(pid);
        if (agent == null) {
            agent = new Agent(pid, Attaching.attach(pid, notes));
        }
        if (!Files.exists(agent.socket)) {
            throw unreachable(pid, agent.socket);
        }
        return agent;
    }

    private static ControlProblem unreachable(long pid, Path socket) {
        return new ControlProblem(
                ErrorCode.ESRCH,
                "the agent in JVM " + pid + " can't be reached: nobody listens at '" + socket
                        + "'; if the file was deleted, the agent makes it anew within seconds");
    }

    /** The agent that listens where its JVM's command line says, or at the default place; or null. */
    static @Nullable Agent listening(long pid) throws ControlProblem {
        for (Path candidate : candidates(pid)) {
            Agent agent = named(pid, candidate);
            if (agent != null) {
                return agent;
            }
        }
        return null;
    }

    /** What is wrong with the agent of a JVM, as far as it could leave word. */
    static Optional<String> failure(long pid) throws ControlProblem {
        return candidates(pid).stream()
                .flatMap(socket -> FailedStart.of(pid, socket).stream())
                .findFirst();
    }

    JsonObject call(String command, JsonObject arguments) throws ControlProblem {
        return call(new Request(command, arguments));
    }

    JsonObject call(Request request) throws ControlProblem {
        return new ControlClient(socket, SILENCE_MAX).call(request);
    }

    /** For answers that matter only if they come soon. */
    JsonObject callBriefly(String command, Duration silenceMax) throws ControlProblem {
        return new ControlClient(socket, silenceMax).call(new Request(command, new JsonObject()));
    }

    /** For answers that go on until one side ends. */
    void follow(Request request, Consumer<JsonObject> progress) throws ControlProblem {
        new ControlClient(socket, FOR_EVER).call(request, progress);
    }

    private static @Nullable Agent named(long pid, @Nullable Path socket) throws ControlProblem {
        if (socket == null || !Files.exists(socket)) {
            return null;
        }
        boolean listens = new ControlClient(socket, SILENCE_MAX).listens();
        return listens ? new Agent(pid, socket) : null;
    }

    private static List<Path> candidates(long pid) throws ControlProblem {
        List<Path> candidates = new ArrayList<>();
        try {
            String told = JvmCommandLine.of(pid).controlFolder();
            if (told != null) {
                Path working = Path.of("/proc", Long.toString(pid), "cwd").toRealPath();
                candidates.add(SocketPlace.socket(working.resolve(told), pid));
            }
            Path usual = SocketPlace.socket(pid);
            candidates.add(usual);
            // In a container the JVM has another root and calls itself by another number.
            Path root = Path.of("/proc", Long.toString(pid), "root");
            Path folder = root.resolve(SocketPlace.folder(pid).toString().substring(1));
            candidates.add(SocketPlace.socket(folder, innerPid(pid)));
        } catch (IOException hidden) {
            if (!JvmProcess.exists(pid)) {
                throw new ControlProblem(ErrorCode.ESRCH, "there is no process " + pid);
            }
        }
        return candidates;
    }

    private static long innerPid(long pid) throws IOException {
        for (String line : JvmProcess.text(pid, "status").split("\n", -1)) {
            if (line.startsWith("NSpid:")) {
                return Long.parseLong(line.substring(line.lastIndexOf('	') + 1).strip());
            }
        }
        return pid;
    }
}
