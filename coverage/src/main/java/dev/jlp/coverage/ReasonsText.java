package dev.jlp.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reasons for people. */
final class ReasonsText {

    private static final int SETS_MAX = 20;
    private static final int PATTERNS_MAX = 40;
    private static final int NAMES_MAX = 5;

    private ReasonsText() {}

    static List<String> lines(String title, Map<String, BuildReport> reports) {
        Reasons reasons = new Reasons(Reasons.refused(reports));
        long built = reports.values().stream().filter(BuildReport::built).count();
        List<String> lines = new ArrayList<>();
        lines.add("== " + title + ": " + built + " of " + reports.size() + " built");
        lines.add("pairs  alone  changes  kind");
        reasons.kinds().forEach(count -> lines.add(line(count)));
        lines.add("pairs that are blocked by exactly these kinds:");
        reasons.sets().stream().limit(SETS_MAX).forEach(count -> {
            lines.add(String.format(Locale.ROOT, "%5d  %s", count.pairs(), count.name()));
            lines.add("         " + some(count.names()));
        });
        lines.add("pairs  alone  changes  reason");
        reasons.patterns().stream().limit(PATTERNS_MAX).forEach(count -> lines.add(line(count)));
        return lines;
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMES_MAX, names.size())))
                + (names.size() > NAMES_MAX ? ", …" : "");
    }

    private static String line(Reasons.Count count) {
        return String.format(
                Locale.ROOT,
                "%5d  %5d  %7d  %s",
                count.pairs(),
                count.alone(),
                count.changes(),
                count.name());
    }
}
