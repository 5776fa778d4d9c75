package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one build came to.
 *
 * @param built whether there is a patch
 * @param seconds that it took
 * @param peakMegabytes of the heap while it ran
 * @param verdicts how many changes of each kind had which verdict, as {@code KIND VERDICT}
 * @param refusals what stood in its way
 * @param again the second build; none if there is no patch
 */
record BuildReport(
        boolean built,
        double seconds,
        long peakMegabytes,
        Map<String, Integer> verdicts,
        List<Refusal> refusals,
        Optional<Again> again) {

    JsonObject json() {
        JsonObject counts = new JsonObject();
        counts.putAll(verdicts);
        JsonArray reasons = new JsonArray();
        for (Refusal refusal : refusals) {
            JsonObject one = new JsonObject();
            one.put("kind", refusal.kind());
            one.put("subject", refusal.subject());
            one.put("reason", refusal.reason());
            reasons.add(one);
        }
        JsonObject document = new JsonObject();
        document.put("built", built);
        document.put("seconds", Math.round(seconds * 1000) / 1000.0);
        document.put("peakMegabytes", peakMegabytes);
        document.put("verdicts", counts);
        document.put("refusals", reasons);
        again.ifPresent(second -> document.put("again", second.json()));
        return document;
    }

    static BuildReport of(JsonObject document) {
        Map<String, Integer> counts = new TreeMap<>();
        JsonObject verdicts = document.getObject("verdicts", new JsonObject());
        verdicts.keySet().forEach(key -> counts.put(key, verdicts.getInt(key)));
        List<Refusal> refusals = new ArrayList<>();
        for (Object each : document.getArray("refusals", new JsonArray())) {
            JsonObject one = (JsonObject) each;
            refusals.add(new Refusal(
                    one.getString("kind", ""),
                    one.getString("subject", ""),
                    one.getString("reason", "")));
        }
        return new BuildReport(
                document.getBoolean("built", false),
                document.getDouble("seconds", 0),
                document.getLong("peakMegabytes", 0),
                counts,
                refusals,
                Optional.ofNullable(document.getObject("again")).map(Again::of));
    }
}
