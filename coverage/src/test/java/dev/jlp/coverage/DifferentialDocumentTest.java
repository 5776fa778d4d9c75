package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import dev.jlp.coverage.Comparison.Said;
import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class DifferentialDocumentTest {

    @TempDir
    Path folder;

    @Test
    void a_run_has_its_rows_and_its_first_differences() throws Exception {
        JsonObject run = new JsonObject();
        run.put("members", 3);
        new DifferentialResult(run)
                .comparison(
                        new Comparison(
                                List.of(said("old"), said("old")),
                                List.of(said("new"), said("new")),
                                said("old")),
                        new Plan(List.of(call()), Map.of()));

        assertThat(document(run))
                .contains("| `lib-1`, 17 | 3 | 1 | 0 | 1 | 0 | 1 | 1 | 0 | 0 | 0 |")
                .contains("| `lib-1`, 17 | 1 | 0 | 1 | 0 | 0 | 0 | 1 | 0 | 0 |")
                .containsSequence(
                        "*patched, not as the fixed release*, 1:",
                        "",
                        "* Tea.brew()",
                        "  * vulnerable: old",
                        "  * fixed: new",
                        "  * patched: old");
    }

    @Test
    void a_pair_that_came_to_no_comparison_is_named() throws Exception {
        JsonObject run = new JsonObject();
        run.put("problem", "not built: x");

        assertThat(document(run)).contains("* `lib-1`, 17: not built: x");
    }

    private List<String> document(JsonObject run) throws Exception {
        Pair pair = new Pair(
                "lib-1", List.of(), "g:lib", "1", "2", "", List.of(), List.of(), List.of(),
                List.of());
        Results results = new Results(folder);
        results.write(pair, DifferentialDocument.step(17), run);
        return new DifferentialDocument(List.of(pair), results).lines();
    }

    private static Plan.Call call() {
        return new Plan.Call(7, new Invocation("shop.Tea", "brew", List.of(), null, List.of()));
    }

    private static Said said(String text) {
        Map<Phase, Map<Integer, String>> texts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            texts.put(phase, Map.of(7, text));
        }
        return new Said(texts);
    }
}
