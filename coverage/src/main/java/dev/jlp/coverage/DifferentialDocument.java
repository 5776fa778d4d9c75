package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.coverage.Comparison.Sort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code docs/differential.md}, from the results that are there. */
final class DifferentialDocument {

    private static final int DESCRIBED_MAX = 3;

    private static final String INTRODUCTION = """
            # Differential runs: whole releases under calls at random

            Written by `coverage/run --differential`; nothing here by hand. For each pair, the same generated calls of public
            methods and constructors that both releases have are made in five JVMs: two of the vulnerable release, two of the
            fixed one, and one of the vulnerable release in which the whole patch is loaded after all calls have been made once,
            and disabled later. Most calls are of classes that the patch changes. A result is what is returned or thrown, and
            what the object and the arguments show afterwards, as text.

            In each JVM all calls are made before the load, after it, and after the disable; objects that were made before the
            load are used after it and after the disable, and objects made while the patch was enabled after the disable. The
            JVMs without a patch do the same, so that what depends on the order of calls does so everywhere.

            *Compared*: calls that give the same result each time in both JVMs of both releases; the others are *unsteady* and
            left out; what is left to chance can look steady until it differs in the patched one. *Told apart*: calls that
            the two releases answer otherwise. *Broken*: an error that neither release gives, such as a LinkageError, a
            NullPointerException or a ClassCastException. Objects made before keep what the old constructors gave them, so
            with them a patched library may answer as either release.
            """;

    private final Map<String, JsonObject> runs = new LinkedHashMap<>();
    private final Map<String, JsonObject> tests = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    DifferentialDocument(List<Pair> pairs, Results results) throws IOException {
        for (int feature : Jdk.WANTED) {
            for (Pair pair : pairs) {
                Optional<JsonObject> run = results.read(pair, step(feature));
                String name = "`" + pair.id() + "`, " + feature;
                run.ifPresent(document -> runs.put(name, document));
                results.read(pair, testsStep(feature))
                        .ifPresent(document -> tests.put(name, document));
            }
        }
    }

    /** The name of a result. */
    static String step(int feature) {
        return "differential-" + feature;
    }

    /** The name of a result of tests. */
    static String testsStep(int feature) {
        return "release-tests-" + feature;
    }

    List<String> lines() throws IOException {
        lines.clear();
        lines.addAll(INTRODUCTION.lines().toList());
        lines.add("");
        TreeSet<String> jdks = new TreeSet<>();
        runs.values().forEach(run -> jdks.add(run.getString("jdk", "")));
        lines.add(Machine.line(List.copyOf(jdks)) + " " + Differential.CALLS
                + " calls are made up for each pair, from the seed " + Differential.SEED + ".");
        results();
        objects();
        problems();
        if (!tests.isEmpty()) {
            lines.addAll(OwnTestsText.lines(tests));
        }
        differences();
        skipped();
        return List.copyOf(lines);
    }

    /** The first tables alone. */
    List<String> totals() throws IOException {
        lines();
        int end = lines.indexOf("## What is different");
        return List.copyOf(lines.subList(lines.indexOf("## Calls"), end));
    }

    private void title(String title) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
    }

    private void results() {
        title("Calls");
        lines.addAll(Markdown.head(List.of(
                "pair, JDK",
                "methods",
                "compared",
                "unsteady",
                "told apart",
                "of these, patched as fixed",
                "patched ≠ fixed",
                "of these, as vulnerable",
                "broken",
                "before ≠ vulnerable",
                "disabled ≠ vulnerable")));
        int[] sums = new int[10];
        compared().forEach((name, run) -> {
            JsonObject after = run.getObject("after");
            List<Integer> cells = List.of(
                    run.getInt("members"),
                    run.getInt("compared"),
                    run.getInt("unsteady"),
                    run.getInt("toldApart"),
                    run.getInt("toldApartAsFixed"),
                    count(run, Sort.AFTER) + count(run, Sort.AFTER_BROKEN),
                    after.getInt("asVulnerable"),
                    count(run, Sort.AFTER_BROKEN),
                    count(run, Sort.BEFORE),
                    count(run, Sort.DISABLED));
            row(name, cells, sums);
        });
        total(sums);
    }

    private void objects() {
        title("Objects that live through the load or the disable");
        lines.addAll(Markdown.head(List.of(
                "pair, JDK",
                "made before, used while patched",
                "as fixed",
                "as vulnerable alone",
                "as neither",
                "broken",
                "made before, used after the disable, ≠ vulnerable",
                "made while patched, used after the disable",
                "as neither",
                "broken")));
        int[] sums = new int[9];
        compared().forEach((name, run) -> {
            JsonObject old = run.getObject("old");
            List<Integer> cells = List.of(
                    old.getInt("compared"),
                    old.getInt("asFixed"),
                    old.getInt("asVulnerable"),
                    count(run, Sort.OLD_NEITHER),
                    count(run, Sort.OLD_BROKEN),
                    count(run, Sort.OLDEST),
                    run.getObject("left").getInt("compared"),
                    count(run, Sort.LEFT_NEITHER),
                    count(run, Sort.LEFT_BROKEN));
            row(name, cells, sums);
        });
        total(sums);
    }

    private void row(String name, List<Integer> numbers, int[] sums) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (int i = 0; i < sums.length; i++) {
            sums[i] += numbers.get(i);
            cells.add(numbers.get(i).toString());
        }
        lines.add(Markdown.row(cells));
    }

    private void total(int[] sums) {
        List<String> cells = new ArrayList<>(List.of("all " + compared().size()));
        for (int sum : sums) {
            cells.add(Integer.toString(sum));
        }
        lines.add(Markdown.row(cells));
    }

    private Map<String, JsonObject> compared() {
        Map<String, JsonObject> compared = new LinkedHashMap<>(runs);
        compared.values().removeIf(run -> run.has("problem"));
        return compared;
    }

    private static int count(JsonObject run, Sort sort) {
        return run.getObject("differences").getInt(sort.name());
    }

    private void problems() {
        title("Pairs without a comparison");
        int before = lines.size();
        runs.forEach((name, run) -> {
            if (run.has("problem")) {
                lines.add("* " + name + ": " + Markdown.text(run.getString("problem")));
            }
        });
        if (lines.size() == before) {
            lines.add("None.");
        }
    }

    private void differences() {
        title("What is different");
        int before = lines.size();
        lines.add("The first " + DESCRIBED_MAX
                + " of each sort; a text ends with … where it was cut.");
        compared().forEach((name, run) -> {
            JsonArray described = run.getArray("described", new JsonArray());
            if (!described.isEmpty()) {
                lines.add("");
                lines.add("### " + name);
                for (Sort sort : Sort.values()) {
                    differences(described, sort, count(run, sort));
                }
            }
        });
        if (lines.size() == before + 1) {
            lines.set(before, "Nothing.");
        }
    }

    private void differences(JsonArray described, Sort sort, int count) {
        if (count == 0) {
            return;
        }
        lines.add("");
        lines.add("*" + sort.text() + "*, " + count + ":");
        lines.add("");
        described.stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("sort", "").equals(sort.name()))
                .limit(DESCRIBED_MAX)
                .forEach(one -> {
                    lines.add("* " + said(one, "call"));
                    lines.add("  * vulnerable: " + said(one, "vulnerable"));
                    lines.add("  * fixed: " + said(one, "fixed"));
                    lines.add("  * patched: " + said(one, "patched"));
                });
    }

    private static String said(JsonObject one, String key) {
        return Markdown.text(one.getString(key, ""));
    }

    private void skipped() {
        title("Not called");
        Map<String, Integer> reasons = new TreeMap<>();
        int late = 0;
        int unreached = 0;
        for (JsonObject run : compared().values()) {
            late += run.getInt("late");
            unreached += run.getInt("unreached");
            JsonObject skipped = run.getObject("skipped", new JsonObject());
            skipped.forEach((reason, count) ->
                    reasons.merge(reason.replaceFirst(": .*", ""), (Integer) count, Integer::sum));
        }
        lines.addAll(Markdown.head(List.of("over all pairs", "")));
        lines.add(row("calls whose objects can't be made in either release", unreached));
        lines.add(row("calls that did not end in time, ended the JVM or filled its memory", late));
        reasons.forEach((reason, count) -> lines.add(row(reason, count)));
    }

    private static String row(String title, int number) {
        return Markdown.row(List.of(Markdown.text(title), Integer.toString(number)));
    }
}
