package dev.jlp.runtime;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads the product's bridge and {@link Switching} with a step before each access to what threads share, the
 * world around them, and the mistake that was asked for.
 */
final class EntryLoader extends ClassLoader {

    /** Known to both sides. */
    private static final Set<String> SHARED = Set.of(
            "dev.jlp.runtime.Schedule",
            "dev.jlp.runtime.EntryScript",
            "dev.jlp.runtime.EntryStep",
            "dev.jlp.runtime.EntryWorlds",
            "dev.jlp.runtime.Fingerprint");

    /** Who stands for the JVM. */
    private static final Map<String, String> STAND_INS = Map.of(
            "dev/jlp/runtime/Looks", "dev/jlp/runtime/EntryLooks",
            "dev/jlp/runtime/PlatformThreads", "dev/jlp/runtime/EntryThreads$Platform",
            "dev/jlp/runtime/VirtualThreads", "dev/jlp/runtime/EntryThreads$Virtual",
            "dev/jlp/runtime/ThreadFacts", "dev/jlp/runtime/EntryThreads$Facts");

    private static final List<String> PACKAGES =
            List.of("dev.jlp.bridge.", "dev.jlp.engine.", "dev.jlp.runtime.");

    private final EntryBug bug;
    private final EntrySteps steps;

    EntryLoader(EntryBug bug) {
        super("entry", EntryLoader.class.getClassLoader());
        this.bug = bug;
        steps = new EntrySteps(List.of(
                changed("dev/jlp/bridge/JlpDispatch"),
                changed("dev/jlp/bridge/JlpThread"),
                changed("dev/jlp/bridge/JlpTransition")));
    }

    EntryWorlds world(EntryScript script) {
        try {
            if (bug == EntryBug.THE_STAMP_IS_READ_ABOVE_A_POLL) {
                loadClass(EntryBridge.class.getName())
                        .getMethod("prefetchStamps")
                        .invoke(null);
            }
            return (EntryWorlds) loadClass(EntryWorld.class.getName())
                    .getConstructor(EntryScript.class)
                    .newInstance(script);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        int nested = name.indexOf('$');
        String outermost = nested < 0 ? name : name.substring(0, nested);
        if (SHARED.contains(outermost) || PACKAGES.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) {
        String internal = name.replace('.', '/');
        byte[] bytes = STAND_INS.containsKey(internal)
                ? renamed(internal, STAND_INS.get(internal))
                : written(changed(internal));
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static byte[] renamed(String name, String standIn) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes(standIn))
                .accept(
                        new ClassRemapper(
                                writer, new SimpleRemapper(Opcodes.ASM9, Map.of(standIn, name))),
                        0);
        return writer.toByteArray();
    }

    private ClassNode changed(String name) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes(name)).accept(node, 0);
        bug.seed(node);
        return node;
    }

    private byte[] written(ClassNode node) {
        if (node.name.startsWith("dev/jlp/bridge/Jlp")) {
            steps.addTo(node);
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static byte[] bytes(String name) {
        try (InputStream in = EntryLoader.class.getResourceAsStream("/" + name + ".class")) {
            if (in == null) {
                throw new IllegalStateException(name);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
