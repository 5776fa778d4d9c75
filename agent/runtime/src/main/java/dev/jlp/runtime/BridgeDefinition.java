package dev.jlp.runtime;

import dev.jlp.bridge.JlpTransition;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Defines the bridge as classes of {@code java.lang}: every class of every loader links to them, no
 * module needs a read edge, and the boot class path stays as it was, so class-data sharing stays on.
 */
final class BridgeDefinition {

    /** All of the bridge's classes; a test compares this list with the shipped jar. */
    private static final List<String> CLASSES = List.of(
            "JlpThreadIds",
            "JlpTransition$OwnStack",
            "JlpTransition",
            "JlpThread",
            "JlpDispatch",
            "JlpOutlined$Lists",
            "JlpOutlined");

    private BridgeDefinition() {}

    static void define() throws IOException, IllegalAccessException {
        define("java/lang/", CLASSES);
        JlpTransition.prepare();
    }

    /**
     * Defines classes of {@code java.lang} that lie in the agent's jar, and initialises them at once: on an
     * application's thread a security manager may refuse it, or the stack be too short, for good.
     */
    static void define(String prefix, List<String> names)
            throws IOException, IllegalAccessException {
        MethodHandles.Lookup javaLang =
                MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        List<Class<?>> defined = new ArrayList<>();
        for (String name : names) {
            byte[] classFile = classFile(prefix + name);
            if (classFile == null) {
                throw new IOException("the agent's jar lacks the class '" + prefix + name + "'");
            }
            defined.add(javaLang.defineClass(classFile));
        }
        for (Class<?> each : defined) {
            javaLang.ensureInitialized(each);
        }
    }

    /** A class file of the agent's jar, by internal name; null if it is not there. */
    static byte @Nullable [] classFile(String name) throws IOException {
        try (InputStream bytes =
                BridgeDefinition.class.getResourceAsStream("/" + name + ".class")) {
            return bytes == null ? null : bytes.readAllBytes();
        }
    }
}
