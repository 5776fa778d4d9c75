package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.Patch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Releases that the Eclipse compiler made, or one of two. */
class EcjTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest(name = "the original by javac: {0}")
    @ValueSource(booleans = {true, false})
    void one_source_by_two_compilers_is_a_patch_that_changes_nothing(boolean javac)
            throws Exception {
        String source = source();
        Path original = jar(javac, "o", source);
        Path fixed = jar(!javac, "f", source);

        BuildResult result = build(original, fixed);

        assertThat(result.changes())
                .extracting(Change::verdict)
                .isSubsetOf(Verdict.DONE, Verdict.DONE_WITH_CARE);
        assertThat(result.changes())
                .filteredOn(change -> change.verdict() == Verdict.DONE_WITH_CARE)
                .extracting(Change::subject)
                // One compiler's is static where the other's is not: objects of it keep their code.
                .allMatch(subject -> subject.startsWith("p.Main.$deserializeLambda$")
                        || subject.startsWith("p.Main$Act.lambda$"));
        Object answer = run(PatchedLoader.plain(original));
        assertThat(run(PatchedLoader.plain(fixed))).isEqualTo(answer);
        assertThat(run(PatchedLoader.patched(result.patch().orElseThrow(), original)))
                .isEqualTo(answer);
    }

    @Test
    void one_source_by_one_compiler_has_no_change() throws Exception {
        String source = source();
        Path original = ecj("o", source);
        Path fixed = ecj("f", "\n\n" + source);

        assertThatThrownBy(() -> build(original, fixed)).hasMessageContaining("nothing to patch");
    }

    @Test
    void a_change_is_found_where_it_is_whatever_the_compiler_numbers_anew() throws Exception {
        String source = source();
        Path original = ecj("o", source);
        // An added lambda before all others, an added accessor, and an added switch over another
        // enum.
        Path fixed = ecj(
                "f",
                source.replace(
                                "Function<String, String> f = x -> x + a + name;",
                                "Function<String, String> e = x -> x + x;"
                                        + " Function<String, String> f = x -> e.apply(x) + a + name;")
                        .replace("return var(1, \"2\") + var();", """
                                switch (java.util.concurrent.TimeUnit.DAYS) {
                                    case DAYS: return Nested.secret;
                                    default: return 0;
                                }"""));

        BuildResult result = build(original, fixed);

        assertThat(bodies(result))
                .containsExactlyInAnyOrder(
                        "p.Main.lambdas(Ljava/lang/String;)Ljava/util/function/Supplier;",
                        "p.Main.callVar()I");
        Patch patch = result.patch().orElseThrow();
        assertThat(run(PatchedLoader.patched(patch, original)))
                .isNotEqualTo(run(PatchedLoader.plain(original)))
                .isEqualTo(run(PatchedLoader.plain(fixed)));
    }

    /** Its name is lambda$0 in both releases. */
    @Test
    void an_object_of_one_lambda_does_not_run_the_code_of_another() throws Exception {
        String before = "package p; class A { int made; Runnable f() { return () -> made = 1; }"
                + " Runnable g() { return () -> made = 2; } }";
        String after = "package p; class A { int made; Runnable f() { return null; }"
                + " Runnable g() { return () -> made = 3; } }";

        BuildResult result = build(ecj("o", before), ecj("f", after));

        assertThat(bodies(result))
                .containsExactlyInAnyOrder(
                        "p.A.f()Ljava/lang/Runnable;",
                        "p.A.g()Ljava/lang/Runnable;",
                        "p.A.lambda$1()V");
    }

    @Test
    void lambdas_of_one_method_are_not_matched_by_their_order_if_one_is_gone() throws Exception {
        String before = "package p; class A { int made; Runnable f(boolean b) {"
                + " return b ? () -> made = 1 : () -> made = 2; } }";
        String after = "package p; class A { int made; Runnable f(boolean b) {"
                + " return () -> made = 3; } }";

        for (boolean javac : new boolean[] {true, false}) {
            BuildResult result = build(jar(javac, "o", before), jar(javac, "f", after));

            assertThat(bodies(result)).containsExactly("p.A.f(Z)Ljava/lang/Runnable;");
            assertThat(result.changes())
                    .filteredOn(change -> change.kind() == Change.Kind.REMOVED_METHOD)
                    .hasSize(2)
                    .allMatch(change -> change.verdict() == Change.Verdict.DONE_WITH_CARE)
                    .allMatch(change -> change.reason().contains("made before keep its code"));
            assertThat(result.patch()).isPresent();
        }
    }

    /** Its signature has changed, and another one has the one that it had. */
    @Test
    void a_lambda_is_not_taken_for_another_one_of_its_signature() throws Exception {
        String before = "package p; class A { int made; Runnable f(int n) {"
                + " return () -> made = 1; } }";
        String after = "package p; class A { int made; Runnable f(int n) {"
                + " Runnable reset = () -> made = 0; reset.run(); return () -> made = n; } }";

        for (boolean javac : new boolean[] {true, false}) {
            BuildResult result = build(jar(javac, "o", before), jar(javac, "f", after));

            assertThat(bodies(result)).containsExactly("p.A.f(I)Ljava/lang/Runnable;");
        }
    }

    /** What one method makes no more, an added one makes now: the objects of the first have to get its fix. */
    @Test
    void a_lambda_stays_that_of_its_method_though_another_one_makes_the_same() throws Exception {
        String before = "package p; class A { Object f() {"
                + " return (java.util.function.Function<String, Boolean>) x -> true; } }";
        String after = "package p; class A { Object any() {"
                + " return (java.util.function.Function<String, Boolean>) x -> true; } Object f() {"
                + " return (java.util.function.Function<String, Boolean>) x -> x.isEmpty(); } }";

        for (boolean javac : new boolean[] {true, false}) {
            BuildResult result = build(jar(javac, "o", before), jar(javac, "f", after));

            assertThat(bodies(result))
                    .anyMatch(body -> body.matches("p\\.A\\.lambda\\$(f\\$)?0\\(.*"));
            assertThat(result.changes()).allMatch(change -> change.verdict() == Verdict.DONE);
        }
    }

    private static String source() throws IOException {
        try (var in = EcjTest.class.getResourceAsStream("/compilers/Main.java")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path jar(boolean javac, String name, String source) throws IOException {
        return javac
                ? Sources.jar(
                        folder.resolve(name + ".jar"), List.of("-g", "--release", "17"), source)
                : ecj(name, source);
    }

    private Path ecj(String name, String source) throws IOException {
        return Ecj.jar(folder.resolve(name + ".jar"), source);
    }

    private static List<String> bodies(BuildResult result) {
        return result.changes().stream()
                .filter(change -> change.kind() == Change.Kind.BODY)
                .map(Change::subject)
                .toList();
    }

    private static BuildResult build(Path original, Path fixed) throws BuildProblem {
        return PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())),
                BuildOptions.named("fix", "1.0"));
    }

    private static Object run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return ((Callable<?>) main).call();
    }
}
