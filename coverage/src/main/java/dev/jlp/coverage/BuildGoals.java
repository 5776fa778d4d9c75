package dev.jlp.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a build promises: its time in a warm JVM, its memory, the same bytes from the same input. */
final class BuildGoals {

    /** The size of a jar that the time is promised for. */
    private static final double MEGABYTES = 5;

    private final List<BuildReport> reports;
    private final List<Again> again;

    BuildGoals(List<Map<String, BuildReport>> sorts) {
        reports = sorts.stream().map(Map::values).flatMap(Collection::stream).toList();
        again = reports.stream()
                .map(BuildReport::again)
                .flatMap(Optional::stream)
                .toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(Markdown.head(List.of("every build, each done twice in one JVM", "", "goal")));
        lines.add(Markdown.row(List.of(
                "the second time, jars of up to 5 MB: longest",
                longest(each -> each.megabytes() <= MEGABYTES),
                "less than 3 s")));
        lines.add(Markdown.row(List.of(
                "the second time, larger jars: longest",
                longest(each -> each.megabytes() > MEGABYTES),
                "")));
        long heap = reports.stream().mapToLong(BuildReport::peakMegabytes).max().orElse(0);
        lines.add(Markdown.row(
                List.of("heap at most, garbage included", heap + " MB", "less than 512 MB")));
        lines.add(Markdown.row(List.of(
                "the same bytes the second time",
                again.stream().filter(Again::same).count() + " of " + again.size(),
                "all")));
        return lines;
    }

    private String longest(Predicate<Again> which) {
        return again.stream()
                .filter(which)
                .max(Comparator.comparingDouble(Again::seconds))
                .map(one -> String.format(
                        Locale.ROOT, "%.2f s, for %.1f MB", one.seconds(), one.megabytes()))
                .orElse("-");
    }
}
