package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.coverage.Comparison.Difference;
import dev.jlp.coverage.Comparison.Sort;
import dev.jlp.coverage.Comparison.Tallied;
import dev.jlp.coverage.exercise.Plan;
import dev.jlp.coverage.generator.Script;

import java.util.HashMap;
import java.util.Map;

/** Writes a differential run down, for the document and for whoever looks for causes. */
final class DifferentialResult {

    private static final int DESCRIBED_MAX = 40;

    private final JsonObject document;

    DifferentialResult(JsonObject document) {
        this.document = document;
    }

    void script(Script script, Scouts.Sifted sifted) {
        document.put("members", script.members());
        document.put("made", script.plan().calls().size());
        document.put("late", sifted.late());
        document.put("unreached", sifted.unreached());
        JsonObject skipped = new JsonObject();
        skipped.putAll(script.skipped());
        document.put("skipped", skipped);
    }

    void comparison(Comparison comparison, Plan plan) {
        document.put("compared", comparison.compared());
        document.put("unsteady", comparison.unsteady());
        document.put("toldApart", comparison.toldApart());
        document.put("toldApartAsFixed", comparison.toldApartAsFixed());
        document.put("after", tallied(comparison.after()));
        document.put("old", tallied(comparison.old()));
        document.put("left", tallied(comparison.left()));
        JsonObject counts = new JsonObject();
        for (Sort sort : Sort.values()) {
            counts.put(sort.name(), comparison.count(sort));
        }
        document.put("differences", counts);
        document.put("described", described(comparison, plan));
    }

    private static JsonObject tallied(Tallied tallied) {
        JsonObject one = new JsonObject();
        one.put("compared", tallied.compared());
        one.put("asFixed", tallied.asFixed());
        one.put("asVulnerable", tallied.asVulnerable());
        one.put("asNeither", tallied.asNeither());
        return one;
    }

    /** The first of each sort. */
    private static JsonArray described(Comparison comparison, Plan plan) {
        Map<Integer, String> calls = new HashMap<>();
        plan.calls().forEach(call -> calls.put(call.number(), call.invocation().text()));
        Map<Sort, Integer> seen = new HashMap<>();
        JsonArray all = new JsonArray();
        for (Difference difference : comparison.differences()) {
            if (seen.merge(difference.sort(), 1, Integer::sum) <= DESCRIBED_MAX) {
                JsonObject one = new JsonObject();
                one.put("sort", difference.sort().name());
                one.put("number", difference.call());
                one.put("call", calls.getOrDefault(difference.call(), ""));
                one.put("vulnerable", difference.vulnerable());
                one.put("fixed", difference.fixed());
                one.put("patched", difference.patched());
                all.add(one);
            }
        }
        return all;
    }
}
