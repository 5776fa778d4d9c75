package dev.jlp.coverage.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.coverage.exercise.Plan.Call;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class ScriptTest {

    private static final String RELEASE = """
            package shop;
            public class Tea {
                public Tea(String name) {}
                public int price(int pots) { return pots; }
                public String getName() { return "green"; }
                public static Tea like(Tea other) { return other; }
                public static void deleteAll(String folder) {}
                public void store(java.io.File file) {}
                public void brew(Pot pot) {}
                public static class Pot { private Pot() {} }
                void secret() {}
                %s
            }
            """;

    @TempDir
    Path folder;

    private Script.Jars jars = new Script.Jars(List.of(), List.of(), List.of());

    @BeforeEach
    void there_are_two_releases() throws Exception {
        jars = new Script.Jars(
                List.of(TwoReleases.jar(folder, "one", RELEASE.formatted("public void gone() {}"))),
                List.of(TwoReleases.jar(
                        folder, "two", RELEASE.formatted("public void added() {}"))),
                List.of());
    }

    @Test
    void the_same_seed_gives_the_same_calls_and_another_one_others() throws Exception {
        assertThat(script(1).plan()).isEqualTo(script(1).plan());
        assertThat(script(1).plan()).isNotEqualTo(script(2).plan());
    }

    @Test
    void only_what_both_releases_have_and_may_be_called_is_called() throws Exception {
        assertThat(script(1).plan().calls())
                .extracting(Call::invocation)
                .extracting(call -> call.name())
                .containsOnly("<init>", "price", "getName", "like");
    }

    @Test
    void what_is_not_called_is_counted_with_its_reason() throws Exception {
        assertThat(script(1).skipped())
                .containsEntry("method that may reach beyond the JVM or wait, by its name", 1)
                .containsEntry("parameter that reaches beyond the JVM: java.io.File", 1)
                .containsEntry("method or constructor for which no value could be made", 1);
    }

    @Test
    void what_an_object_shows_is_what_it_answers_without_being_told_anything() throws Exception {
        assertThat(script(1).plan().views()).containsEntry("shop.Tea", List.of("getName"));
    }

    private Script script(long seed) throws Exception {
        return Script.of(jars, Set.of("shop.Tea"), 60, seed);
    }
}
