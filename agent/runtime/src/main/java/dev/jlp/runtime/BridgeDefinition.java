package dev.jlp.runtime;

import dev.jlp.bridge.JlpTransition;

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
        MethodHandles.Lookup javaLang =
                MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        List<Class<?>> defined = new ArrayList<>();
        for (String name : CLASSES) {
            try (InputStream bytes =
                    BridgeDefinition.class.getResourceAsStream("/java/lang/" + name + ".class")) {
                if (bytes == null) {
                    throw new IOException("the agent's jar lacks the bridge class '" + name + "'");
                }
                defined.add(javaLang.defineClass(bytes.readAllBytes()));
            }
        }
        // Now: on an application's thread a security manager may refuse it, or the stack be short.
        for (Class<?> each : defined) {
            javaLang.ensureInitialized(each);
        }
        JlpTransition.prepare();
    }
}
