package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.patch.Patch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Static fields that hold what old code made, and how a patch gets rid of that. */
class AnewTest {

    private static final String MAIN = Differential.main("Cache.of(\"key\") + Shelf.text()");

    private static final String CACHE =
            "package p; class Cache { private static final java.util.Map<String, String> KNOWN ="
                    + " new java.util.HashMap<>(); static java.util.List<String> none;"
                    + " static final int MAX = 3;"
                    + " static String of(String key) { return KNOWN.computeIfAbsent(key, Maker::make); } }";

    private static final String SHELF =
            "package p; class Shelf { private static final Box BOX = new Box(Maker.make(\"box\")MORE);"
                    + " static String text() { return BOX.text; }"
                    + " private static class Box { final String text; Box(String t) { text = t; } } }";

    private static final String MAKER =
            "package p; class Maker { static String make(String key) { return \" old \" + key; } }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private String shelf = "";

    @BeforeEach
    void begin() {
        shelf = SHELF.replace("MORE", "");
    }

    @Test
    void a_cache_that_starts_anew_does_not_answer_with_what_it_held() throws Exception {
        assertThat(answer(options())).isEqualTo(" filled by old code new box");
        assertThat(answer(options().startingAnew("p.Cache.KNOWN"))).isEqualTo(" new key new box");
    }

    @Test
    void a_field_without_an_initialiser_starts_anew_with_nothing() throws Exception {
        assertThat(build(options().startingAnew("p.Cache.n*")).patch()).isPresent();
    }

    @Test
    void what_starts_anew_needs_not_be_included() throws Exception {
        BuildOptions options = options().including("p.Maker").startingAnew("p.Cache.KNOWN");
        assertThat(answer(options)).isEqualTo(" new key new box");
        assertThat(taken(options)).contains("p.Cache.KNOWN").doesNotContain("p.Shelf.BOX");
    }

    @Test
    void what_can_t_start_anew_is_said() {
        assertThatThrownBy(() -> build(options().startingAnew("p.Cache.GONE")))
                .hasMessageContaining("no static field of both releases matches 'p.Cache.GONE'");
        assertThatThrownBy(() -> build(options().startingAnew("p.Cache.MAX")))
                .hasMessageContaining("'p.Cache.MAX' is a constant: it can't start anew");
    }

    @Test
    void the_closure_of_a_choice_makes_values_anew_that_it_would_make_otherwise() throws Exception {
        BuildOptions chosen = options().including("p.Maker");
        assertThat(taken(chosen)).doesNotContain("p.Shelf.BOX");
        assertThat(taken(chosen.withClosure(true))).contains("p.Shelf.BOX");
        assertThat(taken(chosen.withClosure(true).excluding("p.Shelf.BOX")))
                .doesNotContain("p.Shelf.BOX");
    }

    @Test
    void the_closure_leaves_a_value_that_can_t_be_made_again() throws Exception {
        shelf = SHELF.replace("MORE", " + java.lang.invoke.MethodHandles.lookup()");
        BuildOptions chosen = options().including("p.Maker").withClosure(true);
        assertThat(build(chosen).patch()).isPresent();
        assertThat(taken(chosen)).doesNotContain("p.Shelf.BOX");
    }

    private static BuildOptions options() {
        return BuildOptions.named("fix", "1.0");
    }

    private List<String> taken(BuildOptions options) throws Exception {
        return build(options).changes().stream()
                .filter(Change::taken)
                .map(Change::subject)
                .toList();
    }

    /** In a program whose cache was filled before. */
    private Object answer(BuildOptions options) throws Exception {
        Patch patch = build(options).patch().orElseThrow();
        ClassLoader loader = PatchedLoader.patched(patch, folder.resolve("o.jar"));
        Field known = loader.loadClass("p.Cache").getDeclaredField("KNOWN");
        known.setAccessible(true);
        @SuppressWarnings("unchecked") // it is declared so
        Map<String, String> cache = (Map<String, String>) known.get(null);
        cache.put("key", " filled by old code");
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return ((Callable<?>) main).call();
    }

    private BuildResult build(BuildOptions options) throws Exception {
        Path original = Sources.jar(folder.resolve("o.jar"), List.of(), MAIN, CACHE, shelf, MAKER);
        Path fixed = Sources.jar(
                folder.resolve("f.jar"),
                List.of(),
                MAIN,
                CACHE,
                shelf,
                MAKER.replace("old", "new"));
        return PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())), options);
    }
}
