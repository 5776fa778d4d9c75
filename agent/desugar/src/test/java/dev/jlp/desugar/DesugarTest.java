package dev.jlp.desugar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

final class DesugarTest {

    private static final String SAMPLES = "dev/jlp/desugar/Samples";

    @TempDir
    private Path root;

    @Test
    void desugared_code_does_the_same() throws Exception {
        Map<String, byte[]> classes = Desugar.desugar(samples());

        assertThat(callIn(classes)).isEqualTo(new Samples().call());
    }

    @Test
    void no_call_site_is_left() throws IOException {
        assertThat(samples().values()).anyMatch(DesugarTest::hasSites);
        assertThat(Desugar.desugar(samples()).values()).noneMatch(DesugarTest::hasSites);
    }

    @Test
    void a_folder_is_rewritten_in_place_and_listed() throws IOException {
        Path file = root.resolve(SAMPLES + ".class");
        Files.createDirectories(file.getParent());
        for (Map.Entry<String, byte[]> each : samples().entrySet()) {
            Files.write(root.resolve(each.getKey() + ".class"), each.getValue());
        }

        Desugar.main(new String[] {root.toString(), "dev"});

        assertThat(hasSites(Files.readAllBytes(file))).isFalse();
        assertThat(Files.readAllLines(root.resolve("dev/jlp/classes")))
                .contains("dev.jlp.desugar.Samples", "dev.jlp.desugar.Samples$$L0")
                .allSatisfy(name -> assertThat(root.resolve(name.replace('.', '/') + ".class"))
                        .exists());
    }

    @Test
    void a_site_that_is_not_known_is_refused_by_name() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "Odd", null, "java/lang/Object", null);
        var code = writer.visitMethod(Opcodes.ACC_STATIC, "odd", "()V", null, null);
        code.visitInvokeDynamicInsn(
                "odd", "()V", new Handle(Opcodes.H_INVOKESTATIC, "Other", "link", "()V", false));
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);

        assertThatThrownBy(() -> Desugar.desugar(Map.of("Odd", writer.toByteArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd links a call site by Other.link");
    }

    private static Map<String, byte[]> samples() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String inner : List.of("", "$Speaker", "$Empty", "$Wide")) {
            try (InputStream in = Samples.class.getResourceAsStream("Samples" + inner + ".class")) {
                classes.put(SAMPLES + inner, in.readAllBytes());
            }
        }
        return classes;
    }

    private static boolean hasSites(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        return node.methods.stream()
                .flatMap(method -> List.of(method.instructions.toArray()).stream())
                .anyMatch(InvokeDynamicInsnNode.class::isInstance);
    }

    private static Object callIn(Map<String, byte[]> classes) throws Exception {
        ClassLoader loader = new ClassLoader(Callable.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name.replace('.', '/'));
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Class<?> samples = loader.loadClass(SAMPLES.replace('/', '.'));
        return ((Callable<?>) samples.getConstructor().newInstance()).call();
    }
}
