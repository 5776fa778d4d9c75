package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jlp.builder.Change.Verdict;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** What a build says of likely trouble after the patch, and of what only reflection would find. */
class SuspectsTest {

    private static final String SERIAL = "class A implements java.io.Serializable {"
            + " private static final long serialVersionUID = 1; int x; ";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private void readObject(java.io.ObjectInputStream in) { }",
                "private void writeObject(java.io.ObjectOutputStream out) { }",
                "private void readObjectNoData() { }",
                "Object readResolve() { return this; }",
                "protected Object writeReplace() { return this; }"
            })
    void an_added_hook_of_serialisation_needs_a_callback(String hook) throws Exception {
        BuildResult result = build(SERIAL + "}", SERIAL + hook + " }");
        assertThat(result.patch()).isEmpty();
        assertThat(result.changes()).singleElement().satisfies(change -> {
            assertThat(change.verdict()).isEqualTo(Verdict.NEEDS_CALLBACK);
            assertThat(change.reason()).endsWith("and would never call it");
        });
    }

    @Test
    void a_hook_that_becomes_private_needs_a_callback() throws Exception {
        assertThat(verdicts(build(
                        SERIAL + "public void readObject(java.io.ObjectInputStream in) { } }",
                        SERIAL + "private void readObject(java.io.ObjectInputStream in) { } }")))
                .containsExactly(
                        tuple("readObject(Ljava/io/ObjectInputStream;)V", Verdict.NEEDS_CALLBACK));
    }

    @Test
    void the_same_name_in_a_class_that_is_not_serialised_is_any_method() throws Exception {
        assertThat(verdicts(build(
                        "class A { int f() { return 1; } }",
                        "class A { int f() { return 2; }"
                                + " private void readObject(java.io.ObjectInputStream in) { } }")))
                .contains(tuple("readObject(Ljava/io/ObjectInputStream;)V", Verdict.DONE));
    }

    @Test
    void a_removed_hook_is_still_called_and_named() throws Exception {
        String hook = "private void readObject(java.io.ObjectInputStream in) { }";
        assertThat(build(SERIAL + hook + " }", SERIAL + "}").changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.verdict()).isEqualTo(Verdict.DONE_WITH_CARE);
                    assertThat(change.reason()).endsWith("serialisation still calls it");
                });
    }

    @Test
    void another_serialised_form_is_done_with_care() throws Exception {
        BuildResult result = build(
                SERIAL + "int gone; transient int quiet; int f() { return 1; } }",
                "class A implements java.io.Serializable {"
                        + " private static final long serialVersionUID = 2; int x; int more;"
                        + " transient int silent; int f() { return more; } }");
        assertThat(verdicts(result))
                .contains(
                        tuple("gone", Verdict.DONE_WITH_CARE),
                        tuple("quiet", Verdict.DONE),
                        tuple("more", Verdict.DONE_WITH_CARE),
                        tuple("silent", Verdict.DONE),
                        tuple("serialVersionUID", Verdict.DONE_WITH_CARE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public boolean equals(Object o) { return o.hashCode() == NUMBER; }",
                "public int hashCode() { return NUMBER; }"
            })
    void objects_stay_where_an_old_order_put_them(String method) throws Exception {
        assertThat(notes("class A { " + method + " }"))
                .singleElement()
                .asString()
                .contains("' changes: objects that hash tables and sorted collections hold stay");
    }

    @Test
    void a_static_map_that_methods_fill_is_a_suspect() throws Exception {
        assertThat(notes("class A { static java.util.HashMap<String, String> M ="
                        + " new java.util.HashMap<>(); static String f(String s) {"
                        + " return M.computeIfAbsent(s, k -> k + NUMBER); } }"))
                .containsExactly("the static field 'p.A.M' may hold what old bodies put there"
                        + " before the patch");
    }

    @Test
    void a_static_map_that_nobody_fills_later_is_none() throws Exception {
        assertThat(notes("class A { static final java.util.Map<String, String> M ="
                        + " java.util.Map.of(\"a\", \"b\"); static String f(String s) {"
                        + " return M.get(s) + NUMBER; } }"))
                .isEmpty();
    }

    @Test
    void other_locks_are_told() throws Exception {
        String head = "class A { final Object one = new Object(); int n; ";
        assertThat(build(
                                head + "void f() { synchronized (one) { n++; } } }",
                                head + "synchronized void f() { n++; } }")
                        .notes())
                .anyMatch(note -> note.startsWith(
                        "'p.A.f()V' takes other locks" + " (before: the field 'one'; now: this):"));
    }

    @Test
    void the_same_locks_are_no_news() throws Exception {
        assertThat(notes("class A { int n; void f() { synchronized (this) { n += NUMBER; } } }"))
                .isEmpty();
    }

    @Test
    void added_properties_are_not_found_by_reflection() throws Exception {
        BuildResult result = build(
                "class A { int f() { return 1; } }",
                "public class A { int f() { return getIt(); } public int getIt() { return 2; }"
                        + " @Deprecated void old() { } void other() { } }");
        assertThat(result.notes())
                .contains("reflection does not find what is added to 'p.A': getIt()I, old()V");
    }

    private static List<Tuple> verdicts(BuildResult result) {
        return result.changes().stream()
                .map(change -> tuple(change.member(), change.verdict()))
                .toList();
    }

    private List<String> notes(String source) throws Exception {
        return build(source.replace("NUMBER", "5"), source.replace("NUMBER", "6"))
                .notes();
    }

    private BuildResult build(String original, String fixed) throws Exception {
        return PatchBuilder.build(
                List.of(new ReleasePair(jar("a.jar", original), jar("b.jar", fixed))),
                BuildOptions.named("fix", "1.0"));
    }

    private String jar(String name, String source) {
        return Sources.jar(folder.resolve(name), List.of(), "package p; " + source)
                .toString();
    }
}
