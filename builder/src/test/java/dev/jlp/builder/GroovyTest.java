package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.AddedClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Releases that Groovy's compiler made. */
class GroovyTest {

    private static final String SOURCE = """
            package p

            class Shop {
                static final List NAMES = ['a', 'b']
                int base = 3
                def label
                def total(quantity, discount = 10) { base * quantity - discount }
                String text(who) { "hello ${who} ${total(2)}" }
                def each() { def r = []; [1, 2].each { r << it + base }; r + [3].collect { x -> x * base } }
                def kind(x) { switch (x) { case 'one': return 1; case ~/t.*/: return 2; default: return 9 } }
                private helper(x) { x + 1 }
                def useHelper(x) { helper(x) }
                def trim(x) { x.trim() }
                def nested() { [[1], [2]].collect { xs -> xs.collect { it + 1 } } }
            }

            @groovy.transform.CompileStatic
            class Fast {
                enum Level { LOW, HIGH }
                int base = 4
                int total(int quantity, int discount = 10) { base * quantity - discount }
                List<Integer> each(List<Integer> xs) {
                    xs.collect { Integer i -> i * base }.findAll { it > base }
                }
                int kind(Level level) { switch (level) { case Level.LOW: return 1; default: return 2 } }
                Comparator<String> order() { (a, b) -> a.length() - b.length() }
            }

            class Main implements java.util.concurrent.Callable<Object> {
                Object call() {
                    def shop = new Shop()
                    def fast = new Fast()
                    [shop.total(-3), shop.text('x'), shop.each(), shop.kind('one'), shop.kind('two'), shop.useHelper(4),
                        shop.trim(' t '), shop.nested(), fast.total(-3), fast.each([1, 2, 9]),
                        fast.kind(Fast.Level.LOW), fast.order().compare('a', 'bb')].toString()
                }
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest
    @EnumSource(Groovy.class)
    void the_same_source_has_no_change_whenever_it_is_compiled(Groovy compiler) throws Exception {
        Path original = compiler.jar(jar("o"), SOURCE);
        Path fixed = compiler.jar(jar("f"), "\n\n" + SOURCE);

        assertThatThrownBy(() -> build(original, fixed)).hasMessageContaining("nothing to patch");
    }

    /** The compiler asks the clock for the name of one field, and again for the value of another. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void a_stamp_whose_two_moments_differ_is_no_change(long milliseconds) throws Exception {
        Path original = Groovy.STAMPED.jar(jar("o"), SOURCE);
        Path fixed = Groovy.later(original, jar("f"), milliseconds);

        assertThatThrownBy(() -> build(original, fixed)).hasMessageContaining("nothing to patch");
        assertThatThrownBy(() -> build(fixed, original)).hasMessageContaining("nothing to patch");
    }

    @ParameterizedTest
    @EnumSource(
            value = Groovy.class,
            names = {"DYNAMIC", "STAMPED"})
    void a_change_is_found_where_it_is(Groovy compiler) throws Exception {
        Path original = compiler.jar(jar("o"), SOURCE);
        Path fixed = compiler.jar(
                jar("f"),
                SOURCE.replace("base * quantity", "base * Math.max((int) quantity, 0)")
                        .replace("case 'one': return 1", "case 'one': return 5"));

        BuildResult result = build(original, fixed);

        assertThat(result.changes())
                .extracting(Change::subject)
                .containsExactlyInAnyOrder(
                        "p.Shop.total(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
                        "p.Shop.kind(Ljava/lang/Object;)Ljava/lang/Object;",
                        "p.Fast.total(II)I");
        isEffective(result, original, fixed);
    }

    /** An added closure shifts the numbers of all behind it, in the names of their classes. */
    @ParameterizedTest
    @EnumSource(Groovy.class)
    void closures_keep_the_classes_that_they_have(Groovy compiler) throws Exception {
        Path original = compiler.jar(jar("o"), SOURCE);
        Path fixed = compiler.jar(
                jar("f"),
                SOURCE.replace("def r = [];", "def r = []; [7].each { r << it };")
                        .replace(
                                "xs.collect { Integer i -> i * base }",
                                "xs.collect { Integer i -> i + 1 }.collect { Integer i -> i * base }"));

        BuildResult result = build(original, fixed);

        assertThat(result.changes())
                .filteredOn(change -> change.kind() == Kind.BODY)
                .extracting(change -> change.className())
                .containsOnly("p/Shop", "p/Fast");
        assertThat(result.patch().orElseThrow().targets().get(0).added())
                .extracting(AddedClass::name)
                .anyMatch(name -> name.matches("p/Shop\\$_each_closure1x[0-9a-f]{8}"))
                .anyMatch(name -> name.matches("p/Fast\\$_each_closure1x[0-9a-f]{8}"));
        isEffective(result, original, fixed);
    }

    @Test
    void a_body_that_calls_by_another_name_under_the_same_number_is_a_change() throws Exception {
        Path original = Groovy.CALL_SITES.jar(jar("o"), SOURCE);
        Path fixed = Groovy.CALL_SITES.jar(jar("f"), SOURCE.replace("x.trim()", "x.toUpperCase()"));

        BuildResult result = build(original, fixed);

        assertThat(result.changes())
                .extracting(Change::subject)
                .containsExactlyInAnyOrder(
                        "p.Shop.trim(Ljava/lang/Object;)Ljava/lang/Object;",
                        "p.Shop.$createCallSiteArray_1([Ljava/lang/String;)V",
                        "p.Shop.$callSiteArray");
        isEffective(result, original, fixed);
    }

    @Test
    void methods_whose_calls_are_numbered_anew_are_taken_together() throws Exception {
        Path original = Groovy.CALL_SITES.jar(jar("o"), SOURCE);
        Path fixed = Groovy.CALL_SITES.jar(
                jar("f"), SOURCE.replace("base * quantity", "base * Math.max((int) quantity, 0)"));

        isEffective(build(original, fixed), original, fixed);
        BuildResult part =
                build(original, fixed, BuildOptions.named("fix", "1").including("p.Shop.total"));
        assertThat(part.patch()).isEmpty();
        assertThat(part.changes())
                .extracting(Change::reason)
                .anyMatch(reason -> reason.endsWith("include or exclude the class as a whole"));
    }

    @ParameterizedTest
    @EnumSource(Groovy.class)
    void an_added_method_that_is_looked_up_by_name_is_refused(Groovy compiler) throws Exception {
        BuildResult result = build(
                compiler.jar(jar("o"), SOURCE),
                compiler.jar(
                        jar("f"),
                        SOURCE.replace(
                                "def useHelper(x) { helper(x) }",
                                "def useHelper(x) { added(helper(x)) }\n def added(x) { x }")));

        assertThat(result.patch()).isEmpty();
        assertThat(result.changes())
                .filteredOn(change -> change.verdict() == Verdict.REFUSED)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.subject()).startsWith("p.Shop.added(");
                    assertThat(change.reason())
                            .contains("a dynamic Groovy call or access by that name")
                            .endsWith("one that is compiled with @CompileStatic would");
                });
    }

    @Test
    void an_added_method_that_is_called_directly_is_done() throws Exception {
        Path original = Groovy.DYNAMIC.jar(jar("o"), SOURCE);
        Path fixed = Groovy.DYNAMIC.jar(
                jar("f"),
                SOURCE.replace(
                        "int total(int quantity, int discount = 10) { base *",
                        "private static int raised(int x) { x < 0 ? 0 : x }\n"
                                + " int total(int quantity, int discount = 10) { raised(base) *"
                                + " raised(quantity) - discount + 0 *"));

        isEffective(build(original, fixed), original, fixed);
    }

    @Test
    void a_removed_method_that_is_still_found_by_name_is_told() throws Exception {
        BuildResult result = build(
                Groovy.DYNAMIC.jar(
                        jar("o"),
                        SOURCE.replace(
                                "def trim(x)", "def trim(String x) { 'flaw' }\n def trim(x)")),
                Groovy.DYNAMIC.jar(jar("f"), SOURCE));

        assertThat(result.changes()).singleElement().satisfies(change -> {
            assertThat(change.verdict()).isEqualTo(Verdict.DONE_WITH_CARE);
            assertThat(change.reason()).endsWith("dynamic Groovy calls by its name still find it");
        });
    }

    private static void isEffective(BuildResult result, Path original, Path fixed)
            throws Exception {
        assertThat(result.patch()).as("%s", result.changes()).isPresent();
        assertThat(run(PatchedLoader.patched(result.patch().orElseThrow(), original)))
                .isNotEqualTo(run(PatchedLoader.plain(original)))
                .isEqualTo(run(PatchedLoader.plain(fixed)));
    }

    private Path jar(String name) {
        return folder.resolve(name + ".jar");
    }

    private static BuildResult build(Path original, Path fixed) throws BuildProblem {
        return build(original, fixed, BuildOptions.named("fix", "1.0"));
    }

    private static BuildResult build(Path original, Path fixed, BuildOptions options)
            throws BuildProblem {
        return PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())), options);
    }

    private static Object run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return ((Callable<?>) main).call();
    }
}
