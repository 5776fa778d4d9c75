package dev.jlp.weaver;

import dev.jlp.bridge.JlpOutlined;
import dev.jlp.bridge.JlpTransition;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A class {@code near.Child} whose methods named {@code big}, and constructor of an {@code int}, are as
 * large as a test wants them, in an old and a new version: {@code VERSION} in the source. It extends
 * {@code far.Base}.
 */
final class HugeClass {

    private static final AtomicInteger TRANSITIONS = new AtomicInteger(1_000);

    private static final String BASE = """
            package far;
            public class Base implements Cloneable {
                protected String name = "base";
                protected static String shared = "shared";
                protected String hello(String to) { return "hello " + to; }
                protected static String fixed() { return "fixed"; }
                protected String over() { return "base over"; }
            }
            """;

    private static final String CHILD = """
            package near;
            public class Child extends far.Base {
                public Child() {}
                public static java.lang.invoke.MethodHandles.Lookup inside() {
                    return java.lang.invoke.MethodHandles.lookup();
                }
            """;

    private final Map<String, byte[]> others;
    private final byte[] before;
    private final byte[] after;

    private HugeClass(Map<String, byte[]> others, byte[] before, byte[] after) {
        this.others = others;
        this.before = before;
        this.after = after;
    }

    /** Compiles both versions and fills their big methods with code that does nothing. */
    static HugeClass of(Path folder, String release, int oldSize, int newSize, String members) {
        String child = CHILD + members + "}";
        Map<String, byte[]> old =
                compile(folder.resolve("old"), release, child.replace("VERSION", "\"old\""));
        Map<String, byte[]> fresh =
                compile(folder.resolve("new"), release, child.replace("VERSION", "\"new\""));
        byte[] before = filled(Objects.requireNonNull(old.remove("near.Child")), oldSize);
        return new HugeClass(
                old, before, filled(Objects.requireNonNull(fresh.remove("near.Child")), newSize));
    }

    /** The same with another class file version. */
    HugeClass ofVersion(int major) {
        byte[] old = before.clone();
        old[7] = (byte) major;
        return new HugeClass(others, old, after);
    }

    /** The class while a transition runs that ends as told. */
    Class<?> armed(boolean universe) throws Exception {
        int transition = TRANSITIONS.incrementAndGet();
        JlpTransition.begin(transition, Map.of()).end(universe);
        Woven woven = weave(transition);
        Map<String, byte[]> all = new HashMap<>(others);
        all.put("near.Child", woven.bytes());
        Class<?> type = new Loader(all).loadClass("near.Child");
        MethodHandles.Lookup inside =
                (MethodHandles.Lookup) type.getMethod("inside").invoke(null);
        for (Outlined body : woven.outlined()) {
            MethodHandles.Lookup hidden = inside.defineHiddenClass(
                    body.classFile(), false, MethodHandles.Lookup.ClassOption.NESTMATE);
            JlpOutlined.put(
                    type,
                    body.key(),
                    hidden.unreflect(hidden.lookupClass().getDeclaredMethods()[0]));
        }
        return type;
    }

    Woven weave(int transition) throws WeavingProblem {
        List<Weave> weaves = new ArrayList<>();
        for (MethodNode method : ClassFiles.parse(before).methods) {
            if (isBig(method)) {
                weaves.add(Weave.both(new MethodId(method.name, method.desc), before, after));
            }
        }
        return Weaver.weave(before, weaves, transition);
    }

    private static boolean isBig(MethodNode method) {
        return method.name.equals("big") || (method.name + method.desc).equals("<init>(I)V");
    }

    private static byte[] filled(byte[] classFile, int size) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, 0);
        for (MethodNode method : type.methods) {
            if (isBig(method)) {
                int own = size(method);
                for (int i = own; i < size; i++) {
                    method.instructions.insert(new InsnNode(Opcodes.NOP));
                }
            }
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    private static int size(MethodNode method) {
        for (int i = 0; i < 70_000; i++) {
            method.instructions.insert(new InsnNode(Opcodes.NOP));
        }
        ClassNode alone = new ClassNode();
        alone.version = Opcodes.V17;
        alone.name = "Alone";
        alone.superName = "java/lang/Object";
        alone.methods.add(method);
        try {
            ClassWriter writer = new ClassWriter(0);
            alone.accept(writer);
            writer.toByteArray();
            throw new IllegalStateException("it was not too large");
        } catch (MethodTooLargeException measured) {
            return measured.getCodeSize() - 70_000;
        } finally {
            for (int i = 0; i < 70_000; i++) {
                method.instructions.remove(method.instructions.getFirst());
            }
        }
    }

    private static Map<String, byte[]> compile(Path folder, String release, String child) {
        try {
            Files.createDirectories(folder);
            Path base = Files.writeString(folder.resolve("Base.java"), BASE);
            Path near = Files.writeString(folder.resolve("Child.java"), child);
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            int result = javac.run(
                    null,
                    null,
                    null,
                    "-g",
                    "-Xlint:none",
                    "-nowarn",
                    "--release",
                    release,
                    "-d",
                    folder.toString(),
                    base.toString(),
                    near.toString());
            if (result != 0) {
                throw new IllegalArgumentException("does not compile: " + child);
            }
            Map<String, byte[]> classes = new HashMap<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    String name = folder.relativize(file).toString();
                    classes.put(
                            name.substring(0, name.length() - 6).replace('/', '.'),
                            Files.readAllBytes(file));
                }
            }
            return classes;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(HugeClass.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
