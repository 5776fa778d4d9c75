package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.builder.Minimizer.Minimum;
import dev.jlp.patch.Patch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The smallest part of a difference that still does what is wanted. */
class MinimizerTest {

    private static final BuildOptions ALL = BuildOptions.named("fix", "1.0");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void one_method_of_many_is_found() throws Exception {
        Minimum minimum = minimize(Set.of("p/C.second()I"), 100);
        assertThat(minimum.includes()).containsExactly("p.C.second");
        assertThat(methods(minimum.result().patch().orElseThrow()))
                .containsExactly("p/C.second()I");
        assertThat(minimum.complete()).isTrue();
    }

    @Test
    void two_methods_of_different_classes_are_found() throws Exception {
        Minimum minimum = minimize(Set.of("p/A.first()I", "p/D.second()I"), 100);
        assertThat(minimum.includes()).containsExactly("p.A.first", "p.D.second");
    }

    @Test
    void what_a_part_needs_comes_along() throws Exception {
        Path original = jar("a.jar", "class A { int f() { return 1; } int g() { return 1; } }");
        Path fixed = jar(
                "b.jar",
                "class A { int f() { return h(); } int g() { return 2; } int h() { return 7; } }");
        Minimum minimum = Minimizer.find(
                build(original, fixed), ALL, patch -> methods(patch).contains("p/A.f()I"), 100);
        assertThat(minimum.includes()).containsExactly("p.A.f");
        assertThat(methods(minimum.result().patch().orElseThrow())).containsExactly("p/A.f()I");
    }

    @Test
    void it_gives_up_after_so_many_runs_with_what_it_has() throws Exception {
        Minimum minimum = minimize(Set.of("p/A.first()I", "p/D.second()I"), 4);
        assertThat(minimum.complete()).isFalse();
        assertThat(minimum.runs()).isEqualTo(4);
        assertThat(methods(minimum.result().patch().orElseThrow()))
                .contains("p/A.first()I", "p/D.second()I");
    }

    @Test
    void a_whole_that_does_not_do_it_is_refused() {
        assertThatThrownBy(() -> minimize(Set.of("p/X.none()I"), 100))
                .isInstanceOf(BuildProblem.class)
                .hasMessage("the whole patch is not effective, so no part of it was tried");
    }

    private Minimum minimize(Set<String> wanted, int runsMax) throws BuildProblem {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (String name : List.of("A", "B", "C", "D")) {
            String type = "package p; class " + name
                    + " { int first() { return N; } int second() { return N; } }";
            before.add(type.replace("N", "5"));
            after.add(type.replace("N", "6"));
        }
        Path original =
                Sources.jar(folder.resolve("a.jar"), List.of(), before.toArray(String[]::new));
        Path fixed = Sources.jar(folder.resolve("b.jar"), List.of(), after.toArray(String[]::new));
        return Minimizer.find(
                build(original, fixed), ALL, patch -> methods(patch).containsAll(wanted), runsMax);
    }

    private static Minimizer.Build build(Path original, Path fixed) {
        List<ReleasePair> pairs = List.of(new ReleasePair(original.toString(), fixed.toString()));
        return options -> PatchBuilder.build(pairs, options);
    }

    private static Set<String> methods(Patch patch) {
        Set<String> methods = new TreeSet<>();
        patch.targets()
                .get(0)
                .classes()
                .forEach(type -> type.methods()
                        .forEach(method -> methods.add(type.name() + "." + method.id())));
        return methods;
    }

    private Path jar(String name, String source) {
        return Sources.jar(folder.resolve(name), List.of(), "package p; " + source);
    }
}
