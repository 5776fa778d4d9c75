package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The results of one JDK, by pair. */
final class Tally {

    /** Which patch of a pair, as the results name it. */
    enum Sort {
        MINIMAL("minimal"),
        WHOLE("whole");

        private final String key;

        Sort(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    private final int feature;
    private final Map<String, JsonObject> trials = new LinkedHashMap<>();
    private final Map<String, JsonObject> stock = new LinkedHashMap<>();
    private String version = "";

    private Tally(int feature) {
        this.feature = feature;
    }

    static Tally read(int feature, List<Pair> pairs, Results results) throws IOException {
        Tally tally = new Tally(feature);
        for (Pair pair : pairs) {
            Optional<JsonObject> trial = results.read(pair, Integer.toString(feature));
            trial.ifPresent(document -> tally.trial(pair.id(), document));
            results.read(pair, "stock-" + feature)
                    .ifPresent(document -> tally.stock.put(pair.id(), document));
        }
        return tally;
    }

    private void trial(String pair, JsonObject document) {
        version = document.getString("jdk", version);
        trials.put(pair, document);
    }

    /** As a title. */
    String jdk() {
        return "JDK " + (version.isEmpty() ? feature : version);
    }

    int feature() {
        return feature;
    }

    boolean isEmpty() {
        return trials.isEmpty();
    }

    /** What was tried with a pair; empty if nothing was. */
    JsonObject trial(String pair, Sort sort) {
        return part(trials, pair, sort);
    }

    Outcome outcome(String pair, Sort sort) {
        return Outcome.of(trial(pair, sort));
    }

    /** Nothing if it was not tried. */
    Optional<StockOutcome> stock(String pair, Sort sort) {
        return stock.containsKey(pair)
                ? Optional.of(StockOutcome.of(part(stock, pair, sort)))
                : Optional.empty();
    }

    boolean isBehindThePlain(String pair, Sort sort) {
        return stock(pair, sort).equals(Optional.of(StockOutcome.EFFECTIVE))
                && outcome(pair, sort) != Outcome.EFFECTIVE;
    }

    /** The pairs with this outcome. */
    List<String> with(Sort sort, Outcome outcome) {
        return trials.keySet().stream()
                .filter(pair -> outcome(pair, sort) == outcome)
                .toList();
    }

    long stockCount(Sort sort, StockOutcome... outcomes) {
        return stock.keySet().stream()
                .filter(pair ->
                        List.of(outcomes).contains(StockOutcome.of(part(stock, pair, sort))))
                .count();
    }

    private static JsonObject part(Map<String, JsonObject> from, String pair, Sort sort) {
        JsonObject document = from.get(pair);
        JsonObject part = document == null ? null : document.getObject(sort.key());
        return part == null ? new JsonObject() : part;
    }
}
