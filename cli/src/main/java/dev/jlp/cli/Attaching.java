package dev.jlp.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Gets an agent into a JVM that was started without one, or says by name why that can't be. */
final class Attaching {

    private static final int FEATURE_MIN = 17;
    private static final int LATE_IS_FREE = 21;

    private Attaching() {}

    /** Refuses what is not there or not ours. */
    static void checkProcess(long pid) throws ControlProblem {
        if (!JvmProcess.exists(pid)) {
            throw refusal("there is no process " + pid);
        }
        if (!JvmProcess.isOurs(pid)) {
            throw refusal(
                    "process " + pid + " belongs to another user; run jlp as that user or as root");
        }
    }

    /** Why no agent can be attached, as far as looking from outside shows it; or null. */
    static @Nullable String obstacle(long pid) {
        if (!JvmProcess.isJvm(pid)) {
            return "process " + pid + " is not a JVM";
        }
        JvmCommandLine line = JvmCommandLine.of(pid);
        if (line.enabled("DisableAttachMechanism", false)) {
            return "JVM " + pid
                    + " runs with -XX:+DisableAttachMechanism; start it with -javaagent instead";
        }
        if (!line.enabled("EnableDynamicAgentLoading", true)) {
            return "JVM " + pid + " runs with -XX:-EnableDynamicAgentLoading; start it with"
                    + " -XX:+EnableDynamicAgentLoading or with -javaagent";
        }
        String signal = signalObstacle(pid);
        return signal == null ? ThreadRoom.obstacle(pid) : signal;
    }

    /** Loads the agent; the socket it listens on. */
    static Path attach(long pid, PrintWriter notes) throws ControlProblem {
        checkObstacle(pid);
        Path jar = agentJar();
        VirtualMachine jvm = open(pid);
        try {
            Properties properties = jvm.getSystemProperties();
            int feature = checkSupported(pid, properties);
            Path there = socket(properties);
            if (there != null && Files.exists(there)) {
                return there;
            }
            if (feature < LATE_IS_FREE) {
                notes.println("jlp: note: the agent is attached late to JDK " + feature
                        + ": its compiled code is thrown away once, at the first redefinition; '-javaagent:"
                        + jar + "' at the start avoids it");
                notes.flush();
            }
            load(jvm, pid, jar);
            Path socket = socket(jvm.getSystemProperties());
            if (socket == null) {
                throw refusal("the agent in JVM " + pid
                        + " does not listen; the JVM's standard error says why"
                        + Agent.failure(pid).map(word -> ": " + word).orElse(""));
            }
            return socket;
        } catch (IOException gone) {
            throw refusal(
                    "JVM " + pid + " went away while the agent was attached: " + gone.getMessage());
        } finally {
            detach(jvm);
        }
    }

    /** Where an agent says it listens, read from a JVM that can be attached to; else null. */
    static @Nullable Path socketProperty(long pid) throws ControlProblem {
        if (obstacle(pid) != null) {
            return null;
        }
        VirtualMachine jvm = open(pid);
        try {
            return socket(jvm.getSystemProperties());
        } catch (IOException gone) {
            return null;
        } finally {
            detach(jvm);
        }
    }

    private static @Nullable String signalObstacle(long pid) {
        try {
            return JvmProcess.catchesQuit(pid)
                    ? null
                    : "JVM " + pid
                            + " does not handle the signal that attaching sends (-Xrs, or it is only"
                            + " starting); start it with -javaagent";
        } catch (IOException gone) {
            return "there is no process " + pid;
        }
    }

    private static void checkObstacle(long pid) throws ControlProblem {
        String obstacle = obstacle(pid);
        if (obstacle != null) {
            throw refusal(obstacle);
        }
    }

    private static VirtualMachine open(long pid) throws ControlProblem {
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException refused) {
            throw refusal("JVM " + pid + " can't be attached to: " + refused.getMessage());
        } catch (NoClassDefFoundError missing) {
            throw refusal("the java that runs jlp lacks the module jdk.attach; run jlp with a JDK");
        }
    }

    private static int checkSupported(long pid, Properties properties) throws ControlProblem {
        String name = properties.getProperty("java.vm.name", "");
        String version = properties.getProperty("java.specification.version", "0");
        boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");
        int feature = version.startsWith("1.") ? 8 : Integer.parseInt(version);
        if (!hotSpot || feature < FEATURE_MIN) {
            throw refusal("JVM " + pid + " is '" + name + "' of Java " + version
                    + "; JLP patches HotSpot from Java " + FEATURE_MIN + " on");
        }
        return feature;
    }

    private static void load(VirtualMachine jvm, long pid, Path jar)
            throws ControlProblem, IOException {
        try {
            jvm.loadAgent(jar.toString());
        } catch (AgentLoadException | AgentInitializationException refused) {
            String message = String.valueOf(refused.getMessage());
            throw refusal(
                    message.contains("Dynamic agent loading is not enabled")
                            ? "JVM " + pid + " does not take agents late; start it with"
                                    + " -XX:+EnableDynamicAgentLoading or with -javaagent"
                            : "JVM " + pid + " did not take the agent '" + jar + "': " + message);
        }
    }

    private static @Nullable Path socket(Properties properties) {
        String socket = properties.getProperty("jlp.socket");
        return socket == null || socket.isEmpty() ? null : Path.of(socket);
    }

    private static void detach(VirtualMachine jvm) {
        try {
            jvm.detach();
        } catch (IOException gone) {
            // It ended by itself.
        }
    }

    /** Named by the script that runs this command, or in the same folder. */
    private static Path agentJar() throws ControlProblem {
        String named = System.getProperty("jlp.agent.jar");
        Path jar = named != null ? Path.of(named) : installed("jlp-agent.jar");
        if (!Files.isReadable(jar)) {
            throw new ControlProblem(ErrorCode.EIO, "there is no agent at '" + jar + "'");
        }
        return jar.toAbsolutePath();
    }

    /** A file beside this program's jar. */
    static Path installed(String name) throws ControlProblem {
        try {
            Path program = Path.of(Attaching.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program.resolveSibling(name);
        } catch (URISyntaxException strange) {
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "the place of this program is not known: " + strange.getMessage());
        }
    }

    private static ControlProblem refusal(String sentence) {
        return new ControlProblem(ErrorCode.ESRCH, sentence);
    }
}
