package dev.jlp.coverage;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why builds were refused, counted: which kinds of change stand in the way of how many pairs. */
final class Reasons {

    /** One kind or pattern. */
    static final class Count {

        private final String name;
        private final Set<String> pairs = new LinkedHashSet<>();
        private final Set<String> alone = new LinkedHashSet<>();
        private int changes;

        private Count(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** How many refused changes. */
        int changes() {
            return changes;
        }

        /** How many pairs have one. */
        int pairs() {
            return pairs.size();
        }

        /** The pairs that have one, in the order of the list. */
        List<String> names() {
            return List.copyOf(pairs);
        }

        /** How many pairs have no other. */
        int alone() {
            return alone.size();
        }
    }

    private final Map<String, Count> kinds = new TreeMap<>();
    private final Map<String, Count> patterns = new TreeMap<>();
    private final Map<String, Count> sets = new TreeMap<>();

    /** @param refused by pair, the builds that came to nothing */
    Reasons(Map<String, BuildReport> refused) {
        refused.forEach(this::add);
    }

    /** Kinds of change. A body that does not link counts as a kind where nothing else is refused. */
    List<Count> kinds() {
        return sorted(kinds);
    }

    /** The kinds of a pair taken together: what has to be possible for it to be built. */
    List<Count> sets() {
        return sorted(sets);
    }

    /** Sentences without their particulars. */
    List<Count> patterns() {
        return sorted(patterns);
    }

    private void add(String pair, BuildReport report) {
        Set<String> kindsHere = new TreeSet<>();
        Set<String> patternsHere = new TreeSet<>();
        for (Refusal refusal : report.refusals()) {
            count(kinds, refusal.kind(), pair);
            kindsHere.add(refusal.kind());
            for (String pattern : refusal.patterns()) {
                String name = refusal.kind() + ": " + pattern;
                count(patterns, name, pair);
                patternsHere.add(name);
            }
        }
        causes(kindsHere, Refusal.LINK);
        causes(patternsHere, Refusal.LINK + ": ");
        alone(kinds, kindsHere, pair);
        alone(patterns, patternsHere, pair);
        count(sets, String.join(" + ", kindsHere), pair);
    }

    /** Takes the consequences away if there is a cause. */
    private static void causes(Set<String> names, String consequence) {
        if (!names.stream().allMatch(name -> name.startsWith(consequence))) {
            names.removeIf(name -> name.startsWith(consequence));
        }
    }

    private static void count(Map<String, Count> counts, String name, String pair) {
        Count count = counts.computeIfAbsent(name, Count::new);
        count.changes++;
        count.pairs.add(pair);
    }

    private static void alone(Map<String, Count> counts, Set<String> names, String pair) {
        if (names.size() == 1) {
            Count count = counts.get(names.iterator().next());
            if (count != null) {
                count.alone.add(pair);
            }
        }
    }

    private static List<Count> sorted(Map<String, Count> counts) {
        return counts.values().stream()
                .sorted(Comparator.comparingInt(Count::pairs).reversed().thenComparing(Count::name))
                .toList();
    }

    /** Only the builds that came to nothing. */
    static Map<String, BuildReport> refused(Map<String, BuildReport> reports) {
        Map<String, BuildReport> refused = new LinkedHashMap<>();
        reports.forEach((pair, report) -> {
            if (!report.built()) {
                refused.put(pair, report);
            }
        });
        return refused;
    }
}
