package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Class files as old as the library may be, and bodies as large as the format allows. */
@OnEveryJdk
final class ClassFileTest {

    private static final int OLDEST = Opcodes.V1_6;
    private static final int LARGE_STATEMENTS = 6_500;

    private final Jdk jdk;

    ClassFileTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void every_class_file_version_that_the_jdk_reads_is_patched() {
        Path folder = Workplace.fresh();
        Change change = new Change(
                Jars.write(folder.resolve("before/versions.jar"), classes("before")),
                Jars.write(folder.resolve("after/versions.jar"), classes("after")));
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            for (int version = OLDEST; version <= newest(); version++) {
                assertThat(jvm.ask("call lib.V" + version + " name")).isEqualTo("before");
            }
            ControlClient control = new ControlClient(jvm);

            control.load(change.patch("versions"));
            control.awaitState("versions", "enabled");

            for (int version = OLDEST; version <= newest(); version++) {
                assertThat(jvm.ask("call lib.V" + version + " name"))
                        .as("class file version %s", version)
                        .isEqualTo("after");
            }
        }
    }

    @Test
    void a_body_of_nearly_64_kib_is_patched() {
        StringBuilder statements = new StringBuilder();
        for (int i = 0; i < LARGE_STATEMENTS; i++) {
            statements.append("x = x * 31 + ").append(1_000 + i % 20_000).append(";\n");
        }
        Sources source = Sources.of("lib/Large.java", """
                package lib;

                public final class Large {
                    public static String compute() {
                        int x = 1;
                        FILL
                        return "VERSION" + (x == 0 ? "!" : "");
                    }
                }
                """.replace("FILL", statements));
        Change change = Change.ofVersions(jdk, "large", source);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            assertThat(jvm.ask("call lib.Large compute")).isEqualTo("before");
            ControlClient control = new ControlClient(jvm);

            control.load(change.patch("large"));
            control.awaitState("large", "enabled");

            assertThat(jvm.ask("call lib.Large compute")).isEqualTo("after");
        }
    }

    private int newest() {
        return jdk.feature() + 44;
    }

    private Map<String, byte[]> classes(String text) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int version = OLDEST; version <= newest(); version++) {
            classes.put("lib/V" + version + ".class", named("lib/V" + version, version, text));
        }
        return classes;
    }

    /** {@code static String name() { return text; }}, with a branch so that a stack map is needed. */
    private static byte[] named(String type, int version, String text) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(
                version,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                type,
                null,
                "java/lang/Object",
                null);
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                "name",
                "()Ljava/lang/String;",
                null,
                null);
        method.visitCode();
        org.objectweb.asm.Label other = new org.objectweb.asm.Label();
        method.visitLdcInsn(text);
        method.visitJumpInsn(Opcodes.IFNULL, other);
        method.visitLdcInsn(text);
        method.visitInsn(Opcodes.ARETURN);
        method.visitLabel(other);
        method.visitLdcInsn("never");
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
