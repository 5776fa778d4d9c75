package dev.jlp.coverage.weaving;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Started behind the shipped agent, whose bridge armed code needs. Its option is {@code verify}, or
 * {@code jdk,SIDE,FILE}, or {@code library,SIDE,FILE,JAR,…}: what is armed, which of its bodies it takes,
 * and where it is written down.
 */
public final class WeavingAgent {

    /** Static because an agent hands it to nobody else. */
    private static @Nullable Instrumentation given;

    private WeavingAgent() {}

    /** Called by the JVM. */
    public static void premain(String option, Instrumentation jvm)
            throws IOException, ReflectiveOperationException {
        given = jvm;
        String[] words = option.split(",", -1);
        if (words[0].equals("verify")) {
            return;
        }
        if (words[1].equals("new")) {
            endAsNew();
        }
        Path file = Path.of(words[2]);
        if (words[0].equals("jdk")) {
            new ArmedJdk(jvm).arm().write(file);
        } else {
            List<Path> jars = new ArrayList<>();
            for (int i = 3; i < words.length; i++) {
                jars.add(Path.of(words[i]));
            }
            jvm.addTransformer(new ArmedLibrary(jars, file));
        }
    }

    /** The JVM's own. */
    static Instrumentation jvm() {
        if (given == null) {
            throw new IllegalStateException("this JVM has no agent");
        }
        return given;
    }

    /** A transition that has ended in the new universe; one that never began is as one that ended in the old. */
    private static void endAsNew() throws ReflectiveOperationException {
        Class<?> bridge = Class.forName("java.lang.JlpTransition");
        try {
            Object begun = bridge.getMethod("begin", int.class, Map.class)
                    .invoke(null, EveryMethod.TRANSITION, Map.of());
            bridge.getMethod("open").invoke(begun);
            bridge.getMethod("end", boolean.class).invoke(begun, true);
        } catch (InvocationTargetException broken) {
            throw new IllegalStateException("the bridge", broken.getCause());
        }
    }
}
