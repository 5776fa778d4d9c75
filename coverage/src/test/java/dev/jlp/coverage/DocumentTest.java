package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DocumentTest {

    private static final Pair PAIR = new Pair(
            "lib-1",
            List.of("CVE-1"),
            "g:lib",
            "1",
            "2",
            "D",
            List.of(),
            List.of(),
            List.of("a/B"),
            List.of("a.B.CACHE"));
    private static final String SILENT = """
            {"jdk": "17.0.1", "minimal": {
              "before": "VULN x", "load": {"exit": 0, "state": "enabled", "warnings": []},
              "after": "VULN as before"}}
            """;

    @TempDir
    Path folder;

    private Results results;

    @BeforeEach
    void one_pair_was_tried() throws Exception {
        results = new Results(folder);
        JsonObject build = new JsonObject();
        build.put(
                "whole",
                report(false, new Refusal("ADDED_FIELD", "a.B.f", "a field")).json());
        build.put("minimal", report(true).json());
        results.write(PAIR, "build", build);
        results.write(PAIR, "17", JsonParser.object().from(SILENT));
    }

    @Test
    void a_load_without_effect_and_without_a_warning_is_named_on_the_first_page() throws Exception {
        assertThat(new Document(List.of(PAIR), results).totals())
                .contains("* `lib-1`, minimal, JDK 17: NO EFFECT, no warning. VULN as before");
    }

    @Test
    void what_only_a_plain_redefinition_can_do_is_named() throws Exception {
        results.write(PAIR, "stock-17", JsonParser.object().from("""
                            {"minimal": {
                              "before": "VULN x", "redefine": "done", "after": "FIXED"}}
                            """));

        assertThat(new Document(List.of(PAIR), results).totals())
                .containsSequence(
                        "## Effective as a plain redefinition, and not as a patch",
                        "",
                        "* `lib-1`, minimal, JDK 17");
    }

    @Test
    void builds_and_demonstrations_are_counted_with_their_whole() throws Exception {
        assertThat(new Document(List.of(PAIR), results).totals())
                .contains("| loaded without a warning, and without effect | 1 | 0 |")
                .contains("| of these, with a cache that the author names (*) | 0 |  |")
                .anyMatch(line -> line.startsWith("| whole releases, 1 in the list | 0 | 1 |"))
                .anyMatch(
                        line -> line.startsWith("| those of them with a demonstration | 1 | 1 |"));
    }

    @Test
    void every_pair_has_its_row_and_every_reason_its_own() throws Exception {
        assertThat(new Document(List.of(PAIR), results).lines())
                .contains("| `lib-1` * | CVE-1 | yes | no | NO EFFECT, no warning | - | - | - |")
                .contains("| ADDED_FIELD: a field | 1 | 1 | 1 |");
    }

    private static BuildReport report(boolean built, Refusal... refusals) {
        return new BuildReport(
                built, 1, 1, Map.of("BODY DONE", 1), List.of(refusals), Optional.empty());
    }
}
