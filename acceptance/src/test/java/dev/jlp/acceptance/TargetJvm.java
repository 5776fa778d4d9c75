package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM that runs one of the small programs. It is asked by lines: one command in, one answer
 * out that begins with {@code =} (done) or {@code !} (failed); other lines are its talk.
 */
final class TargetJvm implements AutoCloseable {

    private static final long ANSWER_SECONDS_MAX = 90;
    private static final String END = "! the program ended";

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> talk = new ConcurrentLinkedQueue<>();

    private TargetJvm(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        listen("out", process.getInputStream());
        listen("err", process.getErrorStream());
    }

    /** What to start; every method adds to it. */
    static final class Start {

        private final Jdk jdk;
        private final List<Path> classPath = new ArrayList<>(List.of(Jars.ofPrograms()));
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> launcher = new ArrayList<>();
        private String collector = "-XX:+UseSerialGC";

        private Start(Jdk jdk) {
            this.jdk = jdk;
        }

        Start with(Path jar) {
            classPath.add(jar);
            return this;
        }

        Start option(String... more) {
            Collections.addAll(options, more);
            return this;
        }

        /** A variable beside those that it inherits. */
        Start variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** A command that starts it in its own process, like {@code env}. */
        Start under(String... words) {
            Collections.addAll(launcher, words);
            return this;
        }

        /** The flag of another garbage collector than the serial one. */
        Start collector(String flag) {
            collector = flag;
            return this;
        }

        /** The agent from the start, with its socket in the default folder. */
        Start agent(String... keys) {
            String arguments = keys.length == 0 ? "" : "=" + String.join(",", keys);
            return option("-javaagent:" + Shipped.agent() + arguments);
        }

        /** The same in the hands of the programs' own agent: {@code Faults}. */
        Start faultyAgent(String... keys) {
            String arguments = keys.length == 0 ? "" : "=" + String.join(",", keys);
            return option("-javaagent:" + Jars.ofPrograms() + "=" + Shipped.agent() + arguments);
        }

        /** The programs' own agent, for {@code retransform} and {@code redefine}. */
        Start testAgent() {
            return option("-javaagent:" + Jars.ofPrograms());
        }

        TargetJvm run() {
            return run("Program");
        }

        TargetJvm run(String program, String... arguments) {
            List<String> command = new ArrayList<>(launcher);
            command.add(jdk.tool("java").toString());
            command.add(collector);
            command.addAll(options);
            command.add("-cp");
            command.add(String.join(
                    java.io.File.pathSeparator,
                    classPath.stream().map(Path::toString).toList()));
            command.add("dev.jlp.acceptance.programs." + program);
            Collections.addAll(command, arguments);
            TargetJvm jvm = new TargetJvm(command, environment);
            jvm.await("ready");
            return jvm;
        }
    }

    static Start on(Jdk jdk) {
        return new Start(jdk);
    }

    String pid() {
        return Long.toString(process.pid());
    }

    /** Sends one command; what came after the {@code =} of its answer. */
    String ask(String command) {
        tell(command);
        return await(command);
    }

    /** Starts a thread of the program in a method, and waits until it is at a gate in there. */
    void enter(String thread, String type, String method, String gate) {
        ask("start " + thread + " " + type + " " + method);
        ask("arrived " + gate + " 1");
    }

    /** Sends one command; its whole answer, done or failed. */
    String answer(String command) {
        tell(command);
        return next(command);
    }

    /** What came after the {@code !} of the answer to a command that must fail. */
    String fails(String command) {
        tell(command);
        String answer = next(command);
        if (!answer.startsWith("! ")) {
            throw new AssertionError("'" + command + "' did not fail: " + answer);
        }
        return answer.substring(2);
    }

    /** Everything that the process said besides its answers. */
    String talk() {
        return String.join("\n", talk);
    }

    /** Waits until it has said all of this: it is written by one thread and read by another. */
    void awaitTalk(String... parts) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(ANSWER_SECONDS_MAX))
                .untilAsserted(() -> assertThat(talk()).contains(parts));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Lets the program end by itself, shutdown hooks included. */
    void exit() {
        tell("exit");
        try {
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + talk());
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException gone) {
            throw new AssertionError("the program is gone: " + talk(), gone);
        }
    }

    private String await(String command) {
        String answer = next(command);
        if (!answer.startsWith("= ")) {
            throw new AssertionError("'" + command + "' answered: " + answer + "\n" + talk());
        }
        return answer.substring(2);
    }

    private String next(String command) {
        try {
            String answer = answers.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer to '" + command + "'\n" + talk());
            }
            return answer;
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private void listen(String name, InputStream from) {
        Thread listener = new Thread(() -> listen(from), "target-" + name);
        listener.setDaemon(true);
        listener.start();
    }

    private void listen(InputStream from) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("= ") || line.startsWith("! ")) {
                    answers.add(line);
                } else {
                    talk.add(line);
                }
            }
        } catch (IOException closed) {
            talk.add(closed.toString());
        }
        answers.add(END);
    }

    private static AssertionError interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", interrupted);
    }
}
