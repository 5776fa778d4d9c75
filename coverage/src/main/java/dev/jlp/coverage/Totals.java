package dev.jlp.coverage;

import dev.jlp.coverage.Tally.Sort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The first page: goals and totals. */
final class Totals {

    /** Ksplice took 56 of 64 security fixes of the Linux kernel without code written for them. */
    private static final double KSPLICE = 56.0 / 64;

    private final List<String> demos;
    private final int pairs;
    private final Set<String> named;
    private final Map<String, BuildReport> whole;
    private final Map<String, BuildReport> minimal;
    private final List<Tally> tallies;
    private final List<String> lines = new ArrayList<>();

    Totals(
            List<Pair> pairs,
            Map<String, BuildReport> whole,
            Map<String, BuildReport> minimal,
            List<Tally> tallies) {
        this.pairs = pairs.size();
        this.demos = pairs.stream().filter(Pair::hasDemo).map(Pair::id).toList();
        this.named = pairs.stream()
                .filter(pair -> !pair.anew().isEmpty())
                .map(Pair::id)
                .collect(Collectors.toSet());
        this.whole = whole;
        this.minimal = minimal;
        this.tallies = tallies;
    }

    List<String> lines() {
        lines.add("## Goals and totals");
        lines.add("");
        List<String> head = new ArrayList<>(List.of("demonstrations, of " + demos.size()));
        tallies.forEach(tally -> head.add(tally.jdk()));
        head.add("goal");
        lines.addAll(Markdown.head(head));
        long goal = (long) Math.ceil(demos.size() * KSPLICE);
        row(
                "smallest fix: closed by the patch, open again without it",
                tally -> count(tally, Sort.MINIMAL, Outcome.EFFECTIVE),
                goal + ", as Ksplice did for the kernel (56 of 64)");
        row(
                "of these, with a cache that the author names (*)",
                tally -> tally.with(Sort.MINIMAL, Outcome.EFFECTIVE).stream()
                        .filter(named::contains)
                        .count(),
                "");
        row("whole release: the same", tally -> count(tally, Sort.WHOLE, Outcome.EFFECTIVE), "");
        row(
                "loaded without a warning, and without effect",
                tally -> count(tally, Sort.MINIMAL, Outcome.SILENT)
                        + count(tally, Sort.WHOLE, Outcome.SILENT),
                "0");
        stock("smallest fix", Sort.MINIMAL);
        stock("whole release", Sort.WHOLE);
        builds();
        return lines;
    }

    private void stock(String title, Sort sort) {
        row(
                "plain redefinition, " + title + ": effective",
                tally -> tally.stockCount(sort, StockOutcome.EFFECTIVE),
                "");
        row(
                "plain redefinition, " + title + ": accepted without effect, or broken by it",
                tally -> tally.stockCount(sort, StockOutcome.NO_EFFECT, StockOutcome.BROKEN),
                "");
    }

    private static long count(Tally tally, Sort sort, Outcome outcome) {
        return tally.with(sort, outcome).size();
    }

    private void row(String title, Function<Tally, Long> number, String goal) {
        List<String> cells = new ArrayList<>(List.of(title));
        tallies.forEach(tally -> cells.add(String.valueOf(number.apply(tally))));
        cells.add(goal);
        lines.add(Markdown.row(cells));
    }

    private void builds() {
        lines.add("");
        lines.addAll(Markdown.head(List.of(
                "builds", "built", "of", "median", "longest", "heap at most, garbage included")));
        lines.add(Markdown.row(builds("whole releases, " + pairs + " in the list", whole)));
        lines.add(Markdown.row(builds("smallest fixes, as far as they are known", minimal)));
        Map<String, BuildReport> shown = new LinkedHashMap<>(minimal);
        shown.keySet().retainAll(demos);
        lines.add(Markdown.row(builds("those of them with a demonstration", shown)));
        lines.addAll(new BuildGoals(List.of(whole, minimal)).lines());
    }

    private static List<String> builds(String title, Map<String, BuildReport> reports) {
        double[] seconds = reports.values().stream()
                .mapToDouble(BuildReport::seconds)
                .sorted()
                .toArray();
        long peak = reports.values().stream()
                .mapToLong(BuildReport::peakMegabytes)
                .max()
                .orElse(0);
        long built = reports.values().stream().filter(BuildReport::built).count();
        double median = seconds.length == 0 ? 0 : seconds[seconds.length / 2];
        double longest = seconds.length == 0 ? 0 : seconds[seconds.length - 1];
        return List.of(
                title,
                "" + built,
                "" + reports.size(),
                String.format(Locale.ROOT, "%.2f s", median),
                String.format(Locale.ROOT, "%.2f s", longest),
                peak + " MB");
    }
}
