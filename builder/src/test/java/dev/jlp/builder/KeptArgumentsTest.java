package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What the added field {@code f} of a class {@code A} holds in older objects, as what its code names. */
class KeptArgumentsTest {

    private static final String KEEPS = "final String g; A(String s) { g = s; }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void an_argument_is_read_where_the_original_keeps_it() throws Exception {
        assertThat(value(KEEPS, "final String f; A(String s) { f = s; }")).containsExactly("g");
        assertThat(value(KEEPS, "final String f; A(String s) { f = s.trim(); }"))
                .containsExactly("g", "trim");
    }

    @Test
    void what_a_constructor_passes_to_another_one_is_what_that_one_sets() throws Exception {
        assertThat(value(
                        "A() { }",
                        "final Object f; A() { this(\"x\".trim()); } A(Object o) { f = o; }"))
                .containsExactly("x", "trim");
        assertThat(
                        value(
                                "final String g; A(String s) { this(1L, s); } A(long l, String s) { g = s; }",
                                "final String f; A(String s) { this(1L, s); } A(long l, String s) { f = s; }"))
                .containsExactly("g");
    }

    @Test
    void constructors_that_only_the_fixed_release_has_made_no_old_object() throws Exception {
        assertThat(value(
                        "A() { }",
                        "int f; A() { f = 7; } A(int n) { f = n; } A(String s) { f = 8; }"))
                .containsExactly("7");
    }

    @Test
    void an_argument_that_nobody_keeps_is_not_known() throws Exception {
        assertThat(value("A(String s) { }", "final String f; A(String s) { f = s; }"))
                .isNull();
        assertThat(value(
                        "String g; A(String s) { g = s; } ",
                        "String g; final String f; A(String s) { g = s; f = s; }"))
                .isNull();
        assertThat(value(
                        "final String g; A(String s) { g = s; } A() { g = \"\"; }",
                        "final String f; A(String s) { f = s; } A() { f = \"y\"; }"))
                .isNull();
    }

    @Test
    void a_parameter_that_is_written_is_not_the_argument_any_more() throws Exception {
        assertThat(value(
                        "final String g; A(String s) { s = s + 1; g = s; }",
                        "final String f; A(String s) { f = s; }"))
                .isNull();
    }

    @Test
    void what_is_set_on_a_condition_is_not_known() throws Exception {
        assertThat(value(KEEPS, "String f; A(String s) { if (s != null) { f = s; } }"))
                .isNull();
        assertThat(value(KEEPS, "String f; A(String s) { f = s == null ? \"\" : s; }"))
                .isNull();
    }

    private @Nullable List<String> value(String before, String after) throws Exception {
        ClassNode fixed = parse("after", after);
        FieldKey field = fixed.fields.stream()
                .map(FieldKey::of)
                .filter(key -> key.name().equals("f"))
                .findFirst()
                .orElseThrow();
        List<AbstractInsnNode> code =
                new KeptArguments(parse("before", before), fixed, field).value();
        return code == null
                ? null
                : code.stream()
                        .map(KeptArgumentsTest::name)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static @Nullable String name(AbstractInsnNode node) {
        if (node instanceof FieldInsnNode field) {
            return field.name;
        } else if (node instanceof MethodInsnNode call) {
            return call.name;
        } else if (node instanceof LdcInsnNode constant) {
            return constant.cst.toString();
        } else if (node instanceof IntInsnNode push) {
            return Integer.toString(push.operand);
        }
        return null;
    }

    private ClassNode parse(String release, String members) throws Exception {
        Path jar = Sources.jar(
                folder.resolve(release + ".jar"),
                List.of(),
                "package p; class A { " + members + " }");
        return Release.read(jar, release).parse("p/A");
    }
}
