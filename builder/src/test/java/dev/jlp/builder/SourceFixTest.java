package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Patch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A patch from a release, its sources and a diff. */
class SourceFixTest {

    private static final BuildOptions ALL = BuildOptions.named("fix", "1.0");
    private static final String CART = """
            package p;

            class Cart {
                static final int LIMIT = 3;
                int first() {
                    return 1;
                }
                Runnable later() {
                    return () -> System.gc();
                }
                int second() {
                    return 2;
                }
            }
            """;
    private static final String DESK = """
            package p;

            class Desk {
                int limit() {
                    return Cart.LIMIT;
                }
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_git_diff_changes_what_it_names_and_no_more() throws Exception {
        BuildResult result = build(
                CART,
                "diff --git a/src/main/java/p/Cart.java b/src/main/java/p/Cart.java",
                "index 123..456 100644",
                "--- a/src/main/java/p/Cart.java",
                "+++ b/src/main/java/p/Cart.java",
                "@@ -10,5 +10,6 @@ class Cart {",
                "     }",
                "     int second() {",
                "-        return 2;",
                "+        Runnable other = () -> System.exit(1);",
                "+        return 3;",
                "     }",
                " }");
        assertThat(methods(result)).containsExactly("p/Cart.second()I");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void a_subversion_diff_applies_also_where_lines_have_moved() throws Exception {
        BuildResult result = build(
                CART,
                "Index: src/java/p/Cart.java",
                "===================================================================",
                "--- src/java/p/Cart.java\t(revision 12)",
                "+++ src/java/p/Cart.java\t(working copy)",
                "@@ -15,3 +15,3 @@",
                "     int first() {",
                "-        return 1;",
                "+        return 10;",
                "     }");
        assertThat(methods(result)).containsExactly("p/Cart.first()I");
    }

    @Test
    void a_new_file_is_an_added_class_and_tests_are_left_out() throws Exception {
        BuildResult result = build(
                CART,
                "--- a/src/main/java/p/Cart.java",
                "+++ b/src/main/java/p/Cart.java",
                "@@ -5,3 +5,3 @@",
                "     int first() {",
                "-        return 1;",
                "+        return Check.one();",
                "     }",
                "--- /dev/null",
                "+++ b/src/main/java/p/Check.java",
                "@@ -0,0 +1,4 @@",
                "+package p;",
                "+class Check {",
                "+    static int one() { return 7; }",
                "+}",
                "--- a/src/test/java/p/CartTest.java",
                "+++ b/src/test/java/p/CartTest.java",
                "@@ -1,1 +1,1 @@",
                "-a",
                "+b",
                "--- a/pom.xml",
                "+++ b/pom.xml",
                "@@ -1,1 +1,1 @@",
                "-a",
                "+b");
        assertThat(methods(result)).containsExactly("p/Cart.first()I");
        assertThat(result.patch().orElseThrow().targets().get(0).added())
                .singleElement()
                .satisfies(type -> assertThat(type.name()).isEqualTo("p/Check"));
        assertThat(result.notes())
                .containsExactly(
                        "the diff's test 'src/test/java/p/CartTest.java' is left out",
                        "the diff changes 'pom.xml', which is no Java source; a patch leaves it as"
                                + " it is");
    }

    @Test
    void other_files_that_compile_to_something_else_are_changed_too() throws Exception {
        BuildResult result = build(
                CART,
                "--- a/p/Cart.java",
                "+++ b/p/Cart.java",
                "@@ -4 +4 @@",
                "-    static final int LIMIT = 3;",
                "+    static final int LIMIT = 4;");
        assertThat(methods(result)).containsExactly("p/Desk.limit()I");
    }

    @Test
    void what_was_released_otherwise_is_named_and_stays() throws Exception {
        BuildResult result = build(
                CART.replace("return 1;", "return 11;"),
                "--- a/p/Cart.java",
                "+++ b/p/Cart.java",
                "@@ -12 +12 @@",
                "-        return 2;",
                "+        return 3;");
        assertThat(methods(result)).containsExactly("p/Cart.second()I");
        assertThat(result.notes())
                .containsExactly("the sources without the diff do not compile to what was released"
                        + " in p.Cart.first()I: those are taken only where the diff changes them");
    }

    @Test
    void a_hunk_that_does_not_apply_is_named() {
        assertProblem(
                "the hunk '@@ -12 +12 @@' of 'p/Cart.java' does not apply to the sources: its lines"
                        + " are there nowhere",
                "--- a/p/Cart.java",
                "+++ b/p/Cart.java",
                "@@ -12 +12 @@",
                "-        return 5;",
                "+        return 3;");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertProblem(
                "the diff changes 'core/q/Other.java', which 'lib-sources.jar' does not have",
                "--- a/core/q/Other.java",
                "+++ b/core/q/Other.java",
                "@@ -1 +1 @@",
                "-a",
                "+b");
    }

    @Test
    void sources_that_do_not_compile_are_named_with_the_line() {
        assertProblem(
                "the fixed sources do not compile: /p/Cart.java:12: cannot find symbol",
                "--- a/p/Cart.java",
                "+++ b/p/Cart.java",
                "@@ -12 +12 @@",
                "-        return 2;",
                "+        return three;");
    }

    @Test
    void what_is_no_diff_is_refused() {
        assertProblem("there is no unified diff in what was given as one", "hello");
        assertProblem(
                "the diff renames or copies a file",
                "diff --git a/A.java b/B.java",
                "rename from A.java",
                "rename to B.java");
    }

    @Test
    void a_change_of_a_real_library_is_taken_from_its_sources() throws Exception {
        Path diff = folder.resolve("lookups.patch");
        Files.copy(
                Objects.requireNonNull(
                        SourceFixTest.class.getResourceAsStream("commons-text-1.9.patch")),
                diff);
        String release = "org.apache.commons:commons-text:1.9";
        BuildResult result = PatchBuilder.build(
                new SourceFix(release, release, diff.toString(), 0),
                ALL.withClasspath(List.of("org.apache.commons:commons-lang3:3.11")));
        String factory = "org/apache/commons/text/lookup/StringLookupFactory.";
        assertThat(methods(result))
                .containsExactly(
                        factory + "addDefaultStringLookups(Ljava/util/Map;)V",
                        // It returns an object that the old body above has filled.
                        factory + "interpolatorStringLookup()"
                                + "Lorg/apache/commons/text/lookup/StringLookup;");
        assertThat(result.notes()).noneMatch(note -> note.contains("do not compile to what"));
    }

    private void assertProblem(String sentence, String... diff) {
        assertThatThrownBy(() -> build(CART, diff))
                .isInstanceOf(BuildProblem.class)
                .hasMessageContaining(sentence);
    }

    private static List<String> methods(BuildResult result) {
        Patch patch = result.patch().orElseThrow();
        return patch.targets().get(0).classes().stream()
                .flatMap(SourceFixTest::methods)
                .toList();
    }

    private static Stream<String> methods(ClassPatch type) {
        return type.methods().stream().map(method -> type.name() + "." + method.id());
    }

    private BuildResult build(String released, String... diff) throws Exception {
        Path jar = Sources.jar(
                folder.resolve("lib-1.jar"), List.of("--release", "11"), released, DESK);
        Path patch = Files.writeString(folder.resolve("fix.patch"), String.join("\n", diff) + "\n");
        return PatchBuilder.build(
                new SourceFix(jar.toString(), sources().toString(), patch.toString(), 0), ALL);
    }

    private Path sources() throws IOException {
        Path jar = folder.resolve("lib-sources.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("p/Cart.java"));
            zip.write(CART.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("p/Desk.java"));
            zip.write(DESK.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
