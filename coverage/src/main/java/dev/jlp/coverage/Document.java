package dev.jlp.coverage;

import dev.jlp.coverage.Tally.Sort;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docs/coverage.md}: the totals and what went worst first, then each pair, then the reasons. */
final class Document {

    private static final String INTRODUCTION = """
            # Coverage: real security fixes

            Written by `coverage/run`; nothing here by hand. What is counted: pairs of a release with a published hole and the
            first release without it, from Maven Central. A *whole* patch takes all that differs; a *smallest fix* takes the
            classes without which the hole stays open, and what they need. For the pairs with a demonstration, a JVM runs the
            vulnerable release, shows the hole, gets the patch, must show that it is closed, gets the patch taken back, and must
            show the hole again. *Plain redefinition* is what the JVM does by itself with the same classes
            (`Instrumentation.redefineClasses`, the new classes added to the class path).

            A pair with a star keeps what its old code has made in a static cache; its patches name that cache, to be made anew
            (`jlp build --anew`). Nothing else is written by hand for any pair.

            Some holes are that an answer takes minutes. Their demonstration gives up after seconds, and where the JDK can't stop
            a thread, it leaves one behind in the old code, as an attacker would. A transition waits for it: up to ten minutes
            here, then the pair counts as held.

            Whether the patched library still does all its other work, also with objects made before, is in
            [differential.md](differential.md).
            """;

    private final List<Pair> pairs;
    private final Map<String, BuildReport> whole;
    private final Map<String, BuildReport> minimal;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    Document(List<Pair> pairs, Results results) throws IOException {
        this.pairs = pairs;
        this.whole = results.builds(pairs, "whole");
        this.minimal = results.builds(pairs, "minimal");
        for (int feature : Jdk.WANTED) {
            Tally tally = Tally.read(feature, pairs, results);
            if (!tally.isEmpty()) {
                tallies.add(tally);
            }
        }
    }

    /** The first page alone. */
    List<String> totals() throws IOException {
        lines.clear();
        Totals totals = new Totals(pairs, whole, minimal, tallies);
        lines.addAll(totals.lines());
        faults();
        behindThePlain();
        return List.copyOf(lines);
    }

    List<String> lines() throws IOException {
        List<String> first = totals();
        lines.clear();
        lines.addAll(INTRODUCTION.lines().toList());
        lines.add("");
        lines.add(Machine.line(tallies.stream().map(Tally::jdk).toList()));
        lines.add("");
        lines.addAll(first);
        eachPair();
        kinds();
        reasons("Why whole releases are refused", whole);
        reasons("Why smallest fixes are refused", minimal);
        return List.copyOf(lines);
    }

    private void faults() {
        lines.add("");
        lines.add("## Loaded without a warning, and without effect");
        lines.add("");
        faults(List.of(Outcome.SILENT));
        lines.add("");
        lines.add("## Loaded, and not as it should be");
        lines.add("");
        faults(List.of(
                Outcome.WARNED,
                Outcome.NOT_TAKEN_BACK,
                Outcome.HELD,
                Outcome.REFUSED,
                Outcome.BROKEN,
                Outcome.UNSHOWN));
    }

    /** Where the JVM by itself does more. */
    private void behindThePlain() {
        lines.add("");
        lines.add("## Effective as a plain redefinition, and not as a patch");
        lines.add("");
        int before = lines.size();
        for (Pair pair : pairs) {
            for (Sort sort : Sort.values()) {
                List<String> jdks = tallies.stream()
                        .filter(tally -> tally.isBehindThePlain(pair.id(), sort))
                        .map(tally -> "JDK " + tally.feature())
                        .toList();
                if (!jdks.isEmpty()) {
                    lines.add("* `" + pair.id() + "`, " + sort.key() + ", "
                            + String.join(" and ", jdks));
                }
            }
        }
        noneAfter(before);
    }

    private void noneAfter(int before) {
        if (lines.size() == before) {
            lines.add("None.");
        }
    }

    private void faults(List<Outcome> outcomes) {
        int before = lines.size();
        for (Outcome outcome : outcomes) {
            for (Pair pair : pairs) {
                for (Sort sort : Sort.values()) {
                    fault(pair.id(), sort, outcome);
                }
            }
        }
        noneAfter(before);
    }

    private void fault(String pair, Sort sort, Outcome outcome) {
        List<Tally> where = tallies.stream()
                .filter(tally -> tally.outcome(pair, sort) == outcome)
                .toList();
        if (where.isEmpty()) {
            return;
        }
        List<String> jdks =
                where.stream().map(tally -> "JDK " + tally.feature()).toList();
        String said = Outcome.explanation(where.get(0).trial(pair, sort));
        lines.add("* `" + pair + "`, " + sort.key() + ", " + String.join(" and ", jdks) + ": "
                + outcome.text() + (said.isEmpty() ? "" : ". " + Markdown.text(said)));
    }

    private void eachPair() {
        lines.add("");
        lines.add("## Each pair");
        lines.add("");
        List<String> head = new ArrayList<>(List.of("pair", "holes", "built: smallest", "whole"));
        for (Tally tally : tallies) {
            String jdk = Integer.toString(tally.feature());
            head.addAll(List.of(jdk + ": smallest", "whole", "plain, smallest", "plain, whole"));
        }
        lines.addAll(Markdown.head(head));
        for (Pair pair : pairs) {
            lines.add(Markdown.row(row(pair)));
        }
    }

    private List<String> row(Pair pair) {
        String star = pair.anew().isEmpty() ? "" : " *";
        List<String> cells = new ArrayList<>(
                List.of("`" + pair.id() + "`" + star, String.join(", ", pair.cves())));
        cells.add(built(minimal.get(pair.id())));
        cells.add(built(whole.get(pair.id())));
        for (Tally tally : tallies) {
            cells.add(tally.outcome(pair.id(), Sort.MINIMAL).text());
            cells.add(tally.outcome(pair.id(), Sort.WHOLE).text());
            cells.add(stock(tally.stock(pair.id(), Sort.MINIMAL)));
            cells.add(stock(tally.stock(pair.id(), Sort.WHOLE)));
        }
        return cells;
    }

    private static String stock(Optional<StockOutcome> outcome) {
        return outcome.map(StockOutcome::text).orElse("-");
    }

    private static String built(@Nullable BuildReport report) {
        if (report == null) {
            return "-";
        }
        return report.built() ? "yes" : "no";
    }

    /** The verdicts over all changes of all whole releases. */
    private void kinds() {
        Map<String, int[]> kinds = new LinkedHashMap<>();
        List<String> verdicts = List.of("DONE", "DONE_WITH_CARE", "NEEDS_CALLBACK", "REFUSED");
        whole.values()
                .forEach(report -> report.verdicts().forEach((key, count) -> {
                    String[] words = key.split(" ", -1);
                    kinds.computeIfAbsent(words[0], kind -> new int[verdicts.size()])[
                            verdicts.indexOf(words[1])] += count;
                }));
        lines.add("");
        lines.add("## Changes of all whole releases, by kind");
        lines.add("");
        lines.addAll(
                Markdown.head(List.of("kind", "done", "with care", "needs a callback", "refused")));
        kinds.forEach((kind, counts) -> {
            List<String> row = new ArrayList<>(List.of(kind));
            Arrays.stream(counts).forEach(count -> row.add("" + count));
            lines.add(Markdown.row(row));
        });
    }

    private void reasons(String title, Map<String, BuildReport> reports) {
        Reasons reasons = new Reasons(Reasons.refused(reports));
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.add(
                "Alone: pairs in which nothing else is refused. A body that does not link counts only where nothing else"
                        + " is refused.");
        lines.add("");
        lines.addAll(Markdown.head(List.of("kind", "pairs", "alone", "changes")));
        reasons.kinds().forEach(count -> lines.add(Markdown.row(cells(count))));
        lines.add("");
        lines.addAll(Markdown.head(List.of("reason", "pairs", "alone", "changes")));
        reasons.patterns().forEach(count -> lines.add(Markdown.row(cells(count))));
    }

    private static List<String> cells(Reasons.Count count) {
        return List.of(
                Markdown.text(count.name()),
                "" + count.pairs(),
                "" + count.alone(),
                "" + count.changes());
    }
}
