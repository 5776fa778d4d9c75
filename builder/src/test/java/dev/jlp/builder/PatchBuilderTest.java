package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Difference;
import dev.jlp.patch.Link;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PatchBuilderTest {

    private static final BuildOptions ALL = BuildOptions.named("fix", "1.0");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_changed_body_is_taken() throws Exception {
        Patch patch = patch(
                "package p; class A { int f() { return 1; } int g() { return 1; } }",
                "package p; class A { int f() { return 2; } int g() { return 1; } }");
        assertThat(methods(patch)).containsExactly("p/A.f()I");
    }

    @Test
    void a_changed_constructor_is_taken() throws Exception {
        Patch patch = patch(
                "package p; class A { int x; A() { x = 1; } }",
                "package p; class A { int x; A() { x = 2; } }");
        assertThat(methods(patch)).containsExactly("p/A.<init>()V");
    }

    @Test
    void line_numbers_and_debug_data_are_no_change() {
        assertThatThrownBy(() -> build(
                        List.of("package p; class A { int f() { int x = 3; return x; } }"),
                        List.of("package p;\n\n class A { int f() {\n int y = 3;\n return y; } }"),
                        ALL))
                .isInstanceOf(BuildProblem.class)
                .hasMessageContaining("nothing to patch");
    }

    @Test
    void renumbered_lambdas_keep_the_names_of_the_original() throws Exception {
        Patch patch = patch(
                "package p; class A { Runnable f() { return () -> System.gc(); }"
                        + " Runnable g() { return () -> System.exit(1); } }",
                "package p; class A { Runnable g() { return () -> System.exit(2); }"
                        + " Runnable f() { return () -> System.gc(); } }");
        assertThat(methods(patch))
                .containsExactly("p/A.g()Ljava/lang/Runnable;", "p/A.lambda$g$1()V");
    }

    @Test
    void an_added_lambda_moves_to_a_companion() throws Exception {
        Patch patch = patch(
                "package p; class A { Runnable f(int n) { return null; } }",
                "package p; class A { Runnable f(int n) { return () -> System.exit(n); } }");
        assertThat(methods(patch)).containsExactly("p/A.f(I)Ljava/lang/Runnable;");
        assertThat(added(patch)).hasSize(1).first().asString().startsWith("p/A$jlp$");
    }

    @Test
    void renumbered_access_methods_are_no_change_for_their_users() throws Exception {
        String original = "package p; class A { private static int x() { return 1; }"
                + " private static int y() { return 2; }"
                + " static class B { int f() { return x(); } int g() { return y(); } } }";
        String fixed = "package p; class A { private static int x() { return 1; }"
                + " private static int y() { return 3; }"
                + " static class B { int g() { return y(); } int f() { return x(); } } }";
        BuildResult result = build(List.of(original), List.of(fixed), ALL, "--release", "8");
        assertThat(methods(result.patch().orElseThrow())).containsExactly("p/A.y()I");
    }

    @Test
    void a_removed_method_stays() throws Exception {
        Patch patch = patch(
                "package p; class A { int f() { return 1; } int g() { return 1; } }",
                "package p; class A { int f() { return 2; } }");
        assertThat(methods(patch)).containsExactly("p/A.f()I");
    }

    @Test
    void a_removed_override_calls_the_inherited_method() throws Exception {
        Patch patch = patch(
                "package p; class A { public int hashCode() { return 1; } }",
                "package p; class A { }");
        MethodPatch method = patch.targets().get(0).classes().get(0).methods().get(0);
        assertThat(method.links())
                .containsExactly(new Link(Link.Kind.METHOD, "java/lang/Object", "hashCode", "()I"));
    }

    @Test
    void a_removed_override_of_an_unknown_class_is_refused() throws Exception {
        Path library = Sources.jar(
                folder.resolve("lib.jar"),
                List.of(),
                "package p; public class L { int f() { return 0; } }");
        BuildResult result = build(
                List.of("package p; class A extends L { int f() { return 1; } }"),
                List.of("package p; class A extends L { }"),
                ALL,
                "-cp",
                library.toString());
        assertRefused(
                result, Kind.REMOVED_OVERRIDE, "whether it overrides one is unknown without 'p/L'");
        BuildResult known = build(
                List.of("package p; class A extends L { int f() { return 1; } }"),
                List.of("package p; class A extends L { }"),
                ALL.withClasspath(List.of(library.toString())),
                "-cp",
                library.toString());
        assertThat(known.patch()).isPresent();
    }

    @Test
    void a_widened_method_keeps_its_access() throws Exception {
        Patch patch = patch(
                "package p; public class A { int f() { return 1; } }",
                "package p; public class A { public int f() { return 2; } }");
        assertThat(methods(patch)).containsExactly("p/A.f()I");
    }

    @Test
    void a_method_that_is_no_longer_synchronized_stays_so_with_care() throws Exception {
        BuildResult result = build(
                List.of("class A { synchronized int f() { return 1; } }"),
                List.of("class A { int f() { return 2; } }"),
                ALL);
        assertThat(result.patch()).isPresent();
        assertThat(result.changes()).anyMatch(c -> c.verdict() == Verdict.DONE_WITH_CARE);
    }

    @Test
    void a_method_that_becomes_synchronized_takes_the_monitor_in_its_body() throws Exception {
        Patch patch = patch(
                "public class A { public boolean f(int n) { return n > 0; }"
                        + " public static boolean g() { return false; } }",
                "public class A { public synchronized boolean f(int n) {"
                        + " if (n < 0) throw new IllegalStateException();"
                        + " return n > 0 && Thread.holdsLock(this); }"
                        + " public static synchronized boolean g() {"
                        + " return Thread.holdsLock(A.class); } }");
        byte[] after = patch.targets().get(0).classes().get(0).after();
        Class<?> type = new ClassLoader() {
            Class<?> define() {
                return defineClass("A", after, 0, after.length);
            }
        }.define();
        Object a = type.getConstructor().newInstance();

        assertThat(type.getMethod("f", int.class).invoke(a, 1)).isEqualTo(true);
        assertThat(type.getMethod("g").invoke(null)).isEqualTo(true);
        assertThatThrownBy(() -> type.getMethod("f", int.class).invoke(a, -1))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(Thread.holdsLock(a)).isFalse();
    }

    @Test
    void an_added_static_method_moves_to_a_companion() throws Exception {
        Patch patch = patch(
                "package p; class A { int f() { return 1; } }",
                "package p; class A { int f() { return g(2); } static int g(int x) { return x; } }");
        assertThat(methods(patch)).containsExactly("p/A.f()I");
        assertThat(added(patch)).hasSize(1);
        Link moved =
                patch.targets().get(0).classes().get(0).methods().get(0).links().get(0);
        assertThat(moved.owner()).isEqualTo(added(patch).get(0));
    }

    @Test
    void what_a_static_initialiser_does_beside_its_fields_needs_a_callback() throws Exception {
        List<String> original = List.of("class A { int f() { return 1; } }");
        List<String> fixed = List.of(
                "class A { static { System.setProperty(\"a\", \"b\"); } int f() { return 2; } }");
        BuildResult result = build(original, fixed, ALL);
        assertThat(result.patch()).isEmpty();
        assertThat(result.changes())
                .anyMatch(change -> change.verdict() == Verdict.NEEDS_CALLBACK
                        && change.reason().contains("java.lang.System.setProperty"));
        assertThat(build(original, fixed, ALL.onlyTakable(true)).patch()).isPresent();
    }

    @Test
    void a_changed_constant_is_done_with_care() throws Exception {
        BuildResult result = build(
                List.of(
                        "package p; public class C { public static final int X = 41; }",
                        "package p; class A { int f() { return C.X; } }"),
                List.of(
                        "package p; public class C { public static final int X = 42; }",
                        "package p; class A { int f() { return C.X; } }"),
                ALL);
        assertThat(methods(result.patch().orElseThrow())).containsExactly("p/A.f()I");
        assertThat(result.changes())
                .anyMatch(c -> c.verdict() == Verdict.DONE_WITH_CARE
                        && c.kind() == Kind.CONSTANT
                        && c.reason().contains("from '41' to '42'"));
    }

    @Test
    void a_changed_superclass_is_refused() throws Exception {
        assertRefused(
                "public class A { }",
                "public class A extends Thread { }",
                Kind.HIERARCHY,
                "the superclass changes");
    }

    @Test
    void an_added_interface_is_refused() throws Exception {
        assertRefused(
                "public class A { }",
                "public class A implements Runnable { public void run() { } }",
                Kind.HIERARCHY,
                "gets the interface");
    }

    @Test
    void changed_record_components_are_done_with_care() throws Exception {
        BuildResult result =
                build(List.of("record A(int x) { }"), List.of("record A(int x, int y) { }"), ALL);
        assertThat(result.patch()).isPresent();
        assertThat(result.changes())
                .anyMatch(c -> c.verdict() == Verdict.DONE_WITH_CARE
                        && c.reason().contains("reflection sees the old ones"));
    }

    @Test
    void a_changed_class_annotation_is_refused() throws Exception {
        assertRefused(
                "public class A { }",
                "@FunctionalInterface public interface A { void f(); }",
                Kind.CLASS_ATTRIBUTES,
                "");
    }

    @Test
    void new_classes_are_added_behind_their_supertypes() throws Exception {
        BuildResult result = build(
                List.of("package p; class A { Object f() { return null; } }"),
                List.of(
                        "package p; class A { Object f() { return new B(); } }",
                        "package p; class B extends C { }",
                        "package p; class C { }"),
                ALL);
        assertThat(added(result.patch().orElseThrow())).containsExactly("p/C", "p/B");
    }

    @Test
    void a_chosen_change_that_needs_another_is_refused_and_the_closure_adds_it() throws Exception {
        List<String> original = List.of("package p; class A { Object f() { return null; } }");
        List<String> fixed = List.of(
                "package p; class A { Object f() { return new B(); } }", "package p; class B { }");

        assertRefused(
                build(original, fixed, ALL.including("p.A.f")),
                Kind.LINK,
                "need the new class 'p.B'");
        Patch patch = build(original, fixed, ALL.including("p.A.f").withClosure(true))
                .patch()
                .orElseThrow();

        assertThat(added(patch)).containsExactly("p/B");
    }

    @Test
    void included_methods_are_taken_alone_and_excluded_ones_left_out() throws Exception {
        List<String> original = List.of(
                "package p; class A { int f() { return 1; } int g() { return 1; } int x; }");
        List<String> fixed = List.of(
                "package p; class A { int f() { return 2; } int g() { return 2; } int y; }");

        assertThat(methods(
                        build(original, fixed, ALL.including("p.A.f")).patch().orElseThrow()))
                .containsExactly("p/A.f()I");
        assertThat(methods(build(original, fixed, ALL.including("p/A.?").excluding("*.f", "*.y"))
                        .patch()
                        .orElseThrow()))
                .containsExactly("p/A.g()I");
    }

    @Test
    void an_include_that_matches_nothing_is_a_problem() {
        assertThatThrownBy(() -> build(
                        List.of("class A { int f() { return 1; } }"),
                        List.of("class A { int f() { return 2; } }"),
                        ALL.including("B")))
                .isInstanceOf(BuildProblem.class)
                .hasMessage("no change of the releases matches 'B'");
    }

    @Test
    void what_is_takable_leaves_out_whole_classes_and_says_so() throws Exception {
        BuildResult result = build(
                List.of(
                        "package p; class A { int f() { return 1; } }",
                        "package p; public class B { int f() { return 1; } }",
                        "package p; class C { int f(B b) { return 1; } }"),
                List.of(
                        "package p; class A { int f() { return 2; } }",
                        "package p; public class B extends Thread { int f() { return 2; } int x() { return 1; } }",
                        "package p; class C { int f(B b) { return b.x(); } }"),
                ALL.onlyTakable(true));
        Patch patch = result.patch().orElseThrow();
        assertThat(methods(patch)).containsExactly("p/A.f()I");
        assertThat(patch.notes())
                .anyMatch(n -> n.startsWith("left out: p.B: the superclass changes"))
                .anyMatch(n -> n.startsWith("left out: p.C: the new code would not link: 'p.B'"));
    }

    @Test
    void quiesce_methods_keep_their_body() throws Exception {
        Patch patch = build(
                        List.of(
                                "package p; class A { int f() { return 1; } }",
                                "package p; class B { void run() { } }"),
                        List.of(
                                "package p; class A { int f() { return 2; } }",
                                "package p; class B { void run() { } }"),
                        ALL.quiescing("p.B.run"))
                .patch()
                .orElseThrow();
        ClassPatch quiet = patch.targets().get(0).classes().get(1);
        assertThat(quiet.methods()).singleElement().matches(MethodPatch::quiesce);
        assertThat(quiet.after()).isEqualTo(quiet.before());
    }

    @Test
    void a_newer_class_file_version_is_brought_back() throws Exception {
        String source = "class A { int f(int x) { return x > 0 ? g() : %d; }"
                + " private int g() { return 1; } }";
        Path original = Sources.jar(
                folder.resolve("a.jar"), List.of("--release", "8"), source.formatted(1));
        Path fixed = Sources.jar(
                folder.resolve("b.jar"), List.of("--release", "17"), source.formatted(2));
        Patch patch = PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())), ALL)
                .patch()
                .orElseThrow();
        ClassPatch type = patch.targets().get(0).classes().get(0);
        assertThat(type.after()[7]).isEqualTo((byte) 52);
        assertThat(methods(patch)).containsExactly("A.f(I)I");
    }

    @Test
    void the_same_input_gives_the_same_bytes() throws Exception {
        byte[] first = PatchFile.write(
                patch("class A { int f() { return 1; } }", "class A { int f() { return 2; } }"));
        byte[] second = PatchFile.write(
                patch("class A { int f() { return 1; } }", "class A { int f() { return 2; } }"));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void two_pairs_make_one_patch_with_two_targets() throws Exception {
        ReleasePair one = pair(
                "one", "class A { int f() { return 1; } }", "class A { int f() { return 2; } }");
        ReleasePair two = pair(
                "two", "class B { int f() { return 1; } }", "class B { int f() { return 2; } }");
        Patch patch = PatchBuilder.build(List.of(one, two), ALL).patch().orElseThrow();
        assertThat(patch.targets()).extracting(t -> t.name()).containsExactly("one", "two");
        assertThat(patch.replaceSet()).isEqualTo("fix");
    }

    @Test
    void identical_jars_are_nothing_to_patch() throws Exception {
        ReleasePair pair = pair("lib", "class A { }", "class A { }");
        assertThatThrownBy(() -> PatchBuilder.build(
                        List.of(new ReleasePair(pair.original(), pair.original())), ALL))
                .isInstanceOf(BuildProblem.class)
                .hasMessageContaining("are identical, nothing to patch");
    }

    @Test
    void what_is_no_jar_is_named() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello world");
        assertThatThrownBy(() -> PatchBuilder.build(
                        List.of(new ReleasePair(text.toString(), text.toString())), ALL))
                .isInstanceOf(BuildProblem.class)
                .hasMessage("'notes.txt' is not a jar");
        assertThatThrownBy(
                        () -> PatchBuilder.build(List.of(new ReleasePair("no.jar", "no.jar")), ALL))
                .hasMessageContaining("neither a file nor Maven coordinates");
    }

    @Test
    void the_artifact_has_the_verdict_of_every_change() throws Exception {
        BuildResult result = build(
                List.of("package p; class A { int f() { return 1; } synchronized void g() { } }"),
                List.of("package p; class A { int f() { return 2; } void g() { } }"),
                ALL);
        Patch patch = result.patch().orElseThrow();
        assertThat(PatchFile.read(PatchFile.write(patch)).changes())
                .extracting(Difference::member, Difference::verdict, Difference::taken)
                .containsExactlyInAnyOrder(
                        tuple("f()I", Difference.Verdict.DONE, true),
                        tuple("g()V", Difference.Verdict.DONE_WITH_CARE, true));
    }

    private Patch patch(String original, String fixed) throws BuildProblem {
        return build(List.of(original), List.of(fixed), ALL).patch().orElseThrow();
    }

    private void assertRefused(String original, String fixed, Kind kind, String reason)
            throws BuildProblem {
        assertRefused(build(List.of(original), List.of(fixed), ALL), kind, reason);
    }

    private static void assertRefused(BuildResult result, Kind kind, String reason) {
        assertThat(result.patch()).isEmpty();
        assertThat(result.refusals())
                .anyMatch(change -> change.kind() == kind && change.reason().contains(reason));
    }

    private BuildResult build(
            List<String> original, List<String> fixed, BuildOptions options, String... javac)
            throws BuildProblem {
        List<String> flags = List.of(javac);
        Path a = Sources.jar(folder.resolve("a.jar"), flags, original.toArray(new String[0]));
        Path b = Sources.jar(folder.resolve("b.jar"), flags, fixed.toArray(new String[0]));
        return PatchBuilder.build(List.of(new ReleasePair(a.toString(), b.toString())), options);
    }

    private ReleasePair pair(String name, String original, String fixed) {
        return new ReleasePair(
                Sources.jar(folder.resolve(name + "-1.jar"), List.of(), original)
                        .toString(),
                Sources.jar(folder.resolve(name + "-2.jar"), List.of(), fixed).toString());
    }

    private static List<String> methods(Patch patch) {
        return patch.targets().stream()
                .flatMap(target -> target.classes().stream())
                .flatMap(type -> type.methods().stream().map(m -> type.name() + "." + m.id()))
                .toList();
    }

    private static List<String> added(Patch patch) {
        return patch.targets().stream()
                .flatMap(target -> target.added().stream().map(AddedClass::name))
                .toList();
    }
}
