package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Patches of the JDK itself: its classes are defined by the boot loader. */
@OnEveryJdk
final class JdkClassTest {

    private static final Sources CALLER = Sources.of("user/Caller.java", """
            package user;

            public final class Caller {
                public static String tokens() {
                    return String.valueOf(new java.util.StringTokenizer("a b c").countTokens());
                }
            }
            """);

    private final Jdk jdk;
    private final Path caller;

    JdkClassTest(Jdk jdk) {
        this.jdk = jdk;
        caller = CALLER.compile(jdk, Workplace.fresh().resolve("user.jar"), List.of(), List.of());
    }

    @Test
    void a_method_of_the_jdk_is_patched_and_comes_back() {
        Change change = moreByThousand("java/util/StringTokenizer", "countTokens");
        try (TargetJvm jvm = TargetJvm.on(jdk).with(caller).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.Caller tokens")).isEqualTo("3");

            control.load(change.patch("jdk-fix"));
            control.awaitState("jdk-fix", "enabled");
            assertThat(jvm.ask("call user.Caller tokens")).isEqualTo("1003");

            control.disable("jdk-fix");
            control.awaitState("jdk-fix", "disabled");
            assertThat(jvm.ask("call user.Caller tokens")).isEqualTo("3");
        }
    }

    @Test
    void an_installed_patch_of_the_jdk_is_in_force_before_main() {
        Installation installation = new Installation();
        installation.install(
                moreByThousand("java/util/StringTokenizer", "countTokens").patch("jdk-fix"));

        TargetJvm.Start start = TargetJvm.on(jdk).with(caller).agent(installation.keys());
        try (TargetJvm jvm = start.run()) {
            assertThat(jvm.ask("call user.Caller tokens")).isEqualTo("1003");
            new ControlClient(jvm).awaitState("jdk-fix", "enabled");
        }
    }

    @Test
    void a_method_that_the_jit_knows_by_heart_is_refused_by_name() {
        Change change = moreByThousand("java/lang/Integer", "bitCount");
        try (TargetJvm jvm = TargetJvm.on(jdk).with(caller).agent().run()) {
            Path patch = change.patch("intrinsic");

            JsonObject error = Jlp.refused("load", jvm.pid(), patch.toString());

            assertThat(error.getInt("exit")).isEqualTo(4);
            assertThat(JsonWriter.string(error)).contains("bitCount").contains("intrinsic");
        }
    }

    /** Each of them is run by an entry, or by the JVM, in ways that a caller does not see. */
    @Test
    void methods_that_everybody_calls_are_patched_while_they_are_called() {
        try (TargetJvm jvm = TargetJvm.on(jdk).with(caller).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            for (String method : List.of(
                    "java/util/HashMap.get",
                    "java/util/concurrent/ConcurrentHashMap.get",
                    "java/util/Properties.getProperty",
                    "java/lang/Thread.getName")) {
                String name = method.replaceAll("[/.]", "-");
                control.load(idle(method).patch(name));
                control.awaitState(name, "enabled");
                assertThat(jvm.ask("property java.vm.name")).contains("VM");
                assertThat(jvm.ask("call user.Caller tokens")).isEqualTo("3");
                control.disable(name);
                control.awaitState(name, "disabled");
            }
        }
    }

    /** Armed, each call of it would call it again. */
    @Test
    void a_method_that_an_entry_runs_through_is_refused_by_name() {
        try (TargetJvm jvm = TargetJvm.on(jdk).with(caller).agent().run()) {
            Path patch = idle("java/lang/ThreadLocal.get").patch("on-the-path");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), patch.toString())
                    .contains("java.lang.ThreadLocal.get", "used by the patching");
        }
    }

    /** The class as this JDK has it, and with instructions that do nothing at the start of a method. */
    private Change idle(String typeAndMethod) {
        int dot = typeAndMethod.indexOf('.');
        return changed(
                typeAndMethod.substring(0, dot), typeAndMethod.substring(dot + 1), Idle::new);
    }

    /** The class as this JDK has it, and with every int that {@code method} returns 1,000 higher. */
    private Change moreByThousand(String type, String method) {
        return changed(type, method, Raised::new);
    }

    private Change changed(String type, String method, UnaryOperator<MethodVisitor> edit) {
        byte[] before = Jars.ofJdk(jdk, "java.base", type);
        ClassReader reader = new ClassReader(before);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        MethodVisitor next =
                                super.visitMethod(access, name, descriptor, signature, exceptions);
                        return name.equals(method) ? edit.apply(next) : next;
                    }
                },
                0);
        Path folder = Workplace.fresh();
        return new Change(
                Jars.write(folder.resolve("before/java.base.jar"), Map.of(type + ".class", before)),
                Jars.write(
                        folder.resolve("after/java.base.jar"),
                        Map.of(type + ".class", writer.toByteArray())));
    }

    /** Needs one slot more than the method that it edits. */
    private static class OneSlotMore extends MethodVisitor {

        OneSlotMore(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            super.visitMaxs(stack + 1, locals);
        }
    }

    private static final class Idle extends OneSlotMore {

        Idle(MethodVisitor next) {
            super(next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitIntInsn(Opcodes.SIPUSH, 1_000);
            super.visitInsn(Opcodes.POP);
        }
    }

    private static final class Raised extends OneSlotMore {

        Raised(MethodVisitor next) {
            super(next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.IRETURN) {
                super.visitIntInsn(Opcodes.SIPUSH, 1_000);
                super.visitInsn(Opcodes.IADD);
            }
            super.visitInsn(opcode);
        }
    }
}
