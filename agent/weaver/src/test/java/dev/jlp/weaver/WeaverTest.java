package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.patch.MethodId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What weaving adds and what it keeps. Constants: the JVM merges those of all versions of a class, and
 * never drops one.
 */
final class WeaverTest {

    private static final MethodId METHOD = new MethodId("call", "()V");
    private static final int CONSTANTS_MAX = 65_535;
    private static final int CONSTANTS_OF_A_BODY = 1_000;

    @TempDir
    Path folder;

    @Test
    void the_number_of_a_transition_adds_no_constant() throws Exception {
        HugeClass any = HugeClass.of(folder, "17", 100, 100, """
                public static String call() { return new Child().big(); }
                public String big() { return VERSION; }
                """);
        Set<String> pools = new TreeSet<>();
        for (int transition : List.of(1, 5, 127, 128, 32_767, 32_768, 70_000, 1_000_000_000)) {
            pools.add(constants(any.weave(transition).bytes()));
        }

        assertThat(pools).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_the_jvm_says_of_a_null_names_the_variables_of_either_body(boolean universe)
            throws Exception {
        HugeClass any = HugeClass.of(folder, "17", 100, 100, """
                public static String call() {
                    try {
                        return new Child().big(null);
                    } catch (NullPointerException said) {
                        return said.getMessage();
                    }
                }
                public String big(String text) {
                    String again = text;
                    return VERSION + again.length();
                }
                """);

        assertThat(any.armed(universe).getMethod("call").invoke(null))
                .isEqualTo("Cannot invoke \"String.length()\" because \"again\" is null");
    }

    @Test
    void a_class_that_would_have_too_many_constants_is_refused() {
        byte[] base = withConstants(CONSTANTS_MAX - CONSTANTS_OF_A_BODY, 0);
        byte[] fixed = withConstants(0, CONSTANTS_OF_A_BODY);

        assertThatThrownBy(() -> Weaver.weave(base, List.of(Weave.both(METHOD, base, fixed)), 1))
                .isInstanceOf(WeavingProblem.class)
                .hasMessageContaining("'lib.Full' can't hold both bodies");
    }

    /** The part of a class file before its header. */
    private static String constants(byte[] classFile) {
        int end = new ClassReader(classFile).header;
        return HexFormat.of().formatHex(classFile, 0, end);
    }

    /** With constants that nobody uses, and others that the body of the method does. */
    private static byte[] withConstants(int unused, int used) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "lib/Full", null, "java/lang/Object", null);
        for (int i = 0; i < unused; i++) {
            writer.newConst(i);
        }
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                METHOD.name(),
                METHOD.descriptor(),
                null,
                null);
        method.visitCode();
        for (int i = 0; i < used; i++) {
            method.visitLdcInsn("constant " + i);
            method.visitInsn(Opcodes.POP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
