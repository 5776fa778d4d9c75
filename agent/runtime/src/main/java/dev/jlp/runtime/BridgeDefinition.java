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
        MethodHandles.Lookup javaLang = javaLang();
        List<Class<?>> defined = new ArrayList<>();
        for (String name : CLASSES) {
            defined.add(javaLang.defineClass(shipped("java/lang/" + name)));
        }
        initialise(javaLang, defined);
        JlpTransition.prepare();
    }

    /**
     * The same for further classes, each behind those that it needs to be defined. Two threads may do this at
     * once and neither waits for the other: what is there already is taken as it is.
     */
    static void defineOnce(String prefix, List<String> names)
            throws IOException, IllegalAccessException {
        MethodHandles.Lookup javaLang = javaLang();
        List<Class<?>> defined = new ArrayList<>();
        for (String name : names) {
            defined.add(definedOnce(javaLang, prefix + name));
        }
        initialise(javaLang, defined);
    }

    private static Class<?> definedOnce(MethodHandles.Lookup javaLang, String name)
            throws IOException, IllegalAccessException {
        try {
            return javaLang.defineClass(shipped(name));
        } catch (LinkageError failed) {
            try {
                return Class.forName(name.replace('/', '.'), false, null);
            } catch (ClassNotFoundException itself) {
                failed.addSuppressed(itself);
                throw failed;
            }
        }
    }

    private static MethodHandles.Lookup javaLang() throws IllegalAccessException {
        return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
    }

    /**
     * At once: on an application's thread a security manager may refuse it later, or the stack be too short,
     * for good.
     */
    private static void initialise(MethodHandles.Lookup javaLang, List<Class<?>> defined)
            throws IllegalAccessException {
        for (Class<?> each : defined) {
            javaLang.ensureInitialized(each);
        }
    }

    private static byte[] shipped(String name) throws IOException {
        byte[] classFile = classFile(name);
        if (classFile == null) {
            throw new IOException("the agent's jar lacks the class '" + name + "'");
        }
        return classFile;
    }

    /** A class file of the agent's jar, by internal name; null if it is not there. */
    static byte @Nullable [] classFile(String name) throws IOException {
        try (InputStream bytes =
                BridgeDefinition.class.getResourceAsStream("/" + name + ".class")) {
            return bytes == null ? null : bytes.readAllBytes();
        }
    }
}
