package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.bridge.JlpTransition;
import dev.jlp.patch.MethodId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Every method of every class of the libraries on this test's class path. {@code coverage/weave} does
 * the same with the whole JDK and more libraries.
 */
final class EveryClassTest {

    private static final AtomicInteger TRANSITIONS = new AtomicInteger(500);

    /** What a class is woven into. */
    private enum Form {
        ARMED {
            @Override
            Weave weave(MethodId method, byte[] body, byte[] again) {
                return Weave.both(method, body, again);
            }
        },
        FINALISED {
            @Override
            Weave weave(MethodId method, byte[] body, byte[] again) {
                return Weave.single(method, body);
            }
        };

        abstract Weave weave(MethodId method, byte[] body, byte[] again);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void the_jvm_verifies_every_class(Form form) throws Exception {
        Map<String, byte[]> released = libraries();
        Library woven = new Library(woven(released, form, TRANSITIONS.incrementAndGet()));
        Library plain = new Library(released);

        List<String> worse = new ArrayList<>();
        for (String name : released.keySet()) {
            String objection = woven.objection(name);
            if (!objection.equals(plain.objection(name))) {
                worse.add(objection);
            }
        }

        assertThat(released).hasSizeGreaterThan(300);
        assertThat(worse).isEmpty();
    }

    /** Else the test before this one would say nothing. */
    @Test
    void the_jvm_refuses_each_class_with_a_damaged_method() throws Exception {
        Map<String, byte[]> released = jar(ClassReader.class);
        Map<String, byte[]> armed = woven(released, Form.ARMED, 1);

        List<String> overlooked = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : armed.entrySet()) {
            if (!methods(each.getValue()).isEmpty()) {
                // Alone, since the superclass of a damaged class would be refused first.
                Map<String, byte[]> one = new TreeMap<>(armed);
                one.put(each.getKey(), damaged(each.getValue()));
                if (!new Library(one).objection(each.getKey()).contains("VerifyError")) {
                    overlooked.add(each.getKey());
                }
            }
        }

        assertThat(overlooked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_armed_library_does_what_it_did(boolean universe) throws Exception {
        Map<String, byte[]> released = jar(ClassReader.class);
        released.putAll(jar(ClassNode.class));
        int transition = TRANSITIONS.incrementAndGet();
        JlpTransition.begin(transition, Map.of()).end(universe);
        Library armed = new Library(woven(released, Form.ARMED, transition));
        Library plain = new Library(released);

        assertThat(released).hasSizeGreaterThan(50);
        for (byte[] classFile : released.values()) {
            assertThat(copy(armed, classFile)).isEqualTo(copy(plain, classFile));
        }
    }

    /** Has the ASM of a loader read a class and write it down again. */
    private static byte[] copy(ClassLoader asm, byte[] classFile)
            throws ReflectiveOperationException {
        Class<?> visitor = asm.loadClass(ClassVisitor.class.getName());
        Class<?> tree = asm.loadClass(ClassNode.class.getName());
        Class<?> files = asm.loadClass(ClassReader.class.getName());
        Class<?> output = asm.loadClass(ClassWriter.class.getName());
        Object node = tree.getConstructor().newInstance();
        Object reader = files.getConstructor(byte[].class).newInstance((Object) classFile);
        files.getMethod("accept", visitor, int.class)
                .invoke(reader, node, ClassReader.EXPAND_FRAMES);
        Object writer = output.getConstructor(int.class).newInstance(ClassWriter.COMPUTE_MAXS);
        tree.getMethod("accept", visitor).invoke(node, writer);
        return (byte[]) output.getMethod("toByteArray").invoke(writer);
    }

    private static Map<String, byte[]> woven(
            Map<String, byte[]> released, Form form, int transition) throws WeavingProblem {
        Map<String, byte[]> woven = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : released.entrySet()) {
            byte[] body = each.getValue();
            byte[] again = body.clone();
            List<Weave> weaves = methods(body).stream()
                    .map(method -> form.weave(method, body, again))
                    .toList();
            woven.put(each.getKey(), Weaver.weave(body, weaves, transition).alone());
        }
        return woven;
    }

    private static List<MethodId> methods(byte[] classFile) throws WeavingProblem {
        ClassView view = ClassView.of(classFile);
        return view.fingerprints().keySet().stream()
                .filter(method -> !view.isBodiless(method))
                .toList();
    }

    /** Takes something from an empty stack where its first method begins. */
    private static byte[] damaged(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    private boolean done;

                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        return new MethodVisitor(
                                Opcodes.ASM9,
                                super.visitMethod(
                                        access, name, descriptor, signature, exceptions)) {
                            @Override
                            public void visitCode() {
                                super.visitCode();
                                if (!done) {
                                    visitInsn(Opcodes.POP);
                                    done = true;
                                }
                            }
                        };
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static Map<String, byte[]> libraries() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        for (Class<?> one :
                Arrays.asList(ClassReader.class, ClassNode.class, Remapper.class, Test.class)) {
            all.putAll(jar(one));
        }
        return all;
    }

    private static Map<String, byte[]> jar(Class<?> member) throws IOException {
        Path jar = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().getPath());
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF/")
                        && !name.endsWith("-info.class")) {
                    classes.put(
                            name.substring(0, name.length() - 6).replace('/', '.'),
                            zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return classes;
    }

    /** Prefers its own classes. */
    private static final class Library extends ClassLoader {

        private final Map<String, byte[]> classes;

        Library(Map<String, byte[]> classes) {
            super(Library.class.getClassLoader());
            this.classes = classes;
        }

        /** Why a class does not link; empty if it does. */
        String objection(String name) {
            try {
                // The JVM links, so verifies, what is asked for its methods.
                return loadClass(name).getDeclaredMethods().length < 0 ? "no methods" : "";
            } catch (ClassNotFoundException | LinkageError unlinked) {
                return unlinked.toString();
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                byte[] own = classes.get(name);
                if (known == null && own != null) {
                    known = defineClass(name, own, 0, own.length);
                }
                return known == null ? super.loadClass(name, resolve) : known;
            }
        }
    }
}
