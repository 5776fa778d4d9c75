package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stopped threads between two points of time: in ms, and how often.
 *
 * @param safepoints stop every thread
 * @param handshakes stop one thread after the other, each for its share of the time
 */
record Stops(Map<String, List<Double>> safepoints, Map<String, List<Double>> handshakes) {

    private static final Pattern SAFEPOINT =
            Pattern.compile("Safepoint \"(\\w+)\".*Total: +(\\d+) ns");
    private static final Pattern HANDSHAKE =
            Pattern.compile("Handshake \"(\\w+)\".*Total completion time: +(\\d+) ns");

    private static double sum(Collection<List<Double>> stops) {
        return stops.stream().flatMap(List::stream).mapToDouble(each -> each).sum();
    }

    double total() {
        return sum(safepoints.values());
    }

    double handshaken() {
        return sum(handshakes.values());
    }

    double redefining() {
        return sum(List.of(redefinitions()));
    }

    double longestRedefinition() {
        return redefinitions().stream().max(Double::compare).orElse(0.0);
    }

    List<Double> redefinitions() {
        return safepoints.getOrDefault("RedefineClasses", List.of());
    }

    /** Of the operations that read stacks, of either kind. */
    double longestReading() {
        return Stream.of(safepoints, handshakes)
                .flatMap(stops -> stops.entrySet().stream())
                .filter(entry -> entry.getKey().matches("ThreadDump|GetStackTrace.*"))
                .flatMap(entry -> entry.getValue().stream())
                .max(Double::compare)
                .orElse(0.0);
    }

    String others() {
        return Stream.of(safepoints, handshakes)
                .flatMap(stops -> stops.entrySet().stream())
                .filter(entry -> !entry.getKey().equals("RedefineClasses"))
                .map(entry -> entry.getKey() + " ×" + entry.getValue().size())
                .collect(Collectors.joining(", "));
    }

    /** What the JVM logged of both kinds. */
    static Stops read(List<String> lines) {
        return new Stops(read(lines, SAFEPOINT), read(lines, HANDSHAKE));
    }

    private static Map<String, List<Double>> read(List<String> lines, Pattern pattern) {
        Map<String, List<Double>> found = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found.computeIfAbsent(matcher.group(1), any -> new ArrayList<>())
                        .add(Long.parseLong(matcher.group(2)) / 1e6);
            }
        }
        return found;
    }
}
