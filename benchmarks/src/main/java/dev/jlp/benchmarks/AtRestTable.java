package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a call of each method costs in each state; one JVM after the other comes in. */
final class AtRestTable {

    static final List<String> STATES = List.of("original", "patched", "fixed");

    private final Table table = new Table(
            "JDK",
            "method",
            "original, ns",
            "patched, ns",
            "javac's fix, ns",
            "patched / fix",
            "from – to",
            "by the fastest");

    /** By method and state, the iterations of each JVM. */
    private final Map<String, Map<String, List<List<Double>>>> measured = new TreeMap<>();

    /** The ratios of each JDK, by method. */
    private final Map<String, Map<String, Double>> ratios = new LinkedHashMap<>();

    void measured(String method, String state, List<Double> iterations) {
        measured.computeIfAbsent(method, any -> new TreeMap<>())
                .computeIfAbsent(state, any -> new ArrayList<>())
                .add(iterations);
    }

    /** A row for each method that was measured since the last JDK. */
    void add(Jdk jdk) {
        measured.forEach((method, states) -> {
            List<Double> ratio = new ArrayList<>();
            List<List<Double>> patched = states.getOrDefault("patched", List.of());
            List<List<Double>> fixed = states.getOrDefault("fixed", List.of());
            for (int i = 0; i < patched.size(); i++) {
                ratio.add(Table.median(patched.get(i)) / Table.median(fixed.get(i)));
            }
            ratios.computeIfAbsent(String.valueOf(jdk), any -> new TreeMap<>())
                    .put(method, Table.median(ratio));
            List<Object> row = new ArrayList<>(List.of(jdk.feature(), method));
            for (String state : STATES) {
                row.add(Table.number(Table.median(all(states.getOrDefault(state, List.of()))), 2));
            }
            row.add(Table.number(Table.median(ratio), 2));
            row.add(Table.number(Collections.min(ratio), 2) + " – "
                    + Table.number(Collections.max(ratio), 2));
            row.add(Table.number(fastest(all(patched)) / fastest(all(fixed)), 2));
            table.add(row.toArray());
        });
        measured.clear();
    }

    Table table() {
        return table;
    }

    Plot plot() {
        List<String> methods = ratios.values().stream()
                .flatMap(each -> each.keySet().stream())
                .distinct()
                .toList();
        Plot plot = Plot.bars("patched code over javac's build of the fix", methods, "ratio");
        ratios.forEach((jdk, values) -> plot.add(
                jdk,
                methods.stream()
                        .mapToDouble(method -> values.getOrDefault(method, Double.NaN))
                        .toArray()));
        return plot;
    }

    static double fastest(List<Double> times) {
        return times.stream().min(Double::compare).orElse(0.0);
    }

    private static List<Double> all(List<List<Double>> forks) {
        return forks.stream().flatMap(List::stream).toList();
    }
}
