package dev.jlp.agent;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Where the JVM enters: opens the isolated loader and starts the runtime in it. Kernel counterpart: the
 * module loader.
 */
public final class LivepatchAgent {

    private LivepatchAgent() {}

    /** Before {@code main}, by {@code -javaagent}. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        start(options, instrumentation, false);
    }

    /** In a running JVM, by attach. */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        start(options, instrumentation, true);
    }

    /** Whatever goes wrong stays here: one line, a property for {@code jlp ps}, and main goes on. */
    private static void start(
            @Nullable String options, Instrumentation instrumentation, boolean attached) {
        // Atomic: of two agents that start at once, one wins. A second attach does nothing.
        if (isOff(options) || System.getProperties().putIfAbsent("jlp.agent", "starting") != null) {
            return;
        }
        ClassLoader loader = null;
        try {
            String jar = LivepatchAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();
            URL[] runtime = {new URL("jar:" + jar + "!/META-INF/jlp/runtime/")};
            loader = new URLClassLoader("jlp", runtime, ClassLoader.getPlatformClassLoader());
            loader.loadClass("dev.jlp.runtime.AgentStart")
                    .getMethod("start", String.class, Instrumentation.class, boolean.class)
                    .invoke(null, options == null ? "" : options, instrumentation, attached);
        } catch (Throwable broken) {
            String cause = rootCause(broken).toString();
            // Gone by now if it may be tried again.
            System.getProperties().replace("jlp.agent", "failed: " + cause);
            System.err.println("jlp: the agent could not start; this JVM is as it was: " + cause);
            leave(loader, "the agent could not start: " + cause);
        }
    }

    /** A file for {@code jlp ps}. It may be what failed in the first place: then there is none. */
    private static void leave(@Nullable ClassLoader loader, String sentence) {
        try {
            if (loader != null) {
                loader.loadClass("dev.jlp.control.FailedStart")
                        .getMethod("leave", String.class)
                        .invoke(null, sentence);
            }
        } catch (Throwable unsaid) {
            System.err.println("jlp: 'jlp ps' can't show that: " + rootCause(unsaid));
        }
    }

    /** The off switch leaves nothing loaded: agent option, then system property, then environment. */
    private static boolean isOff(@Nullable String options) {
        if (options != null) {
            for (String option : options.split(",", -1)) {
                if (option.startsWith("enabled=")) {
                    return option.equals("enabled=false");
                }
            }
        }
        String property = System.getProperty("jlp.enabled");
        return "false".equals(property != null ? property : System.getenv("JLP_ENABLED"));
    }

    private static Throwable rootCause(Throwable broken) {
        Throwable cause = broken;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
