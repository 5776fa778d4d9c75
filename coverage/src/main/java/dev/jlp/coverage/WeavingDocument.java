package dev.jlp.coverage;

import dev.jlp.coverage.weaving.Counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code docs/weaving.md}: what failed first, then the numbers, then what they leave out. */
final class WeavingDocument {

    private static final String INTRODUCTION = """
            # Weaving: every class there is

            Written by `coverage/weave`; nothing here by hand. On each JDK that is found, every class of its image (`jrt:/`) and of
            the libraries of this room's list, with what they need, is woven by the shipped weaver: every method that has a body
            *armed*, with its own body as the old and as the new one, as it is during a transition, and *finalised*, with the new one
            alone, as it is at the end.

            *Verified*: the class is loaded in a JVM with the shipped agent, and redefined to its woven forms together with a last
            class that no JVM takes; so the JVM checks and verifies them and changes nothing. The JVM is told to verify its own
            classes as well (`-XX:+BytecodeVerificationLocal`). That the verifier looked is not taken on trust: of each class a
            third form, the armed one with a null in the place of one number, must be refused with a VerifyError (*looked at*).
            Outlined bodies are defined as hidden classes and linked.

            *Used*: the same outcome with everything armed as with nothing. The JDK: every method that the agent would patch is
            armed in a running JVM, all classes of all modules, those included that the JVM, javac and the weaver itself run on;
            then a fixed piece of work (regular expressions, numbers, texts, dates, collections, streams, threads, zip, charsets,
            digests, serialisation, reflection, XML, sockets, exceptions, files, javac, jar, javap; three times) must print what it
            prints in the JVM as it is. The libraries: generated calls of public methods and constructors, as in
            [differential.md](differential.md), all made twice, in two JVMs with the library as it is and in two with all its
            classes and those it needs armed before they are defined. No transition runs: each method asks the bridge, which sends
            one of the JVMs to the old bodies, and the other, where a transition has ended, to the new ones. *Compared* are the
            results that are the same in both JVMs that are not woven.
            """;

    private final Map<String, Map<String, Counts>> results = new LinkedHashMap<>();

    /** @param work a folder for each JDK, a file for each step in it */
    WeavingDocument(Path work) throws IOException {
        for (int feature : Jdk.WANTED) {
            Path folder = work.resolve(Integer.toString(feature));
            if (Files.isRegularFile(folder.resolve("jdk"))) {
                Map<String, Counts> steps = new TreeMap<>();
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        String name = String.valueOf(file.getFileName());
                        if (name.endsWith(".counts")) {
                            steps.put(name.substring(0, name.length() - 7), Counts.read(file));
                        }
                    }
                }
                results.put(Files.readString(folder.resolve("jdk")), steps);
            }
        }
    }

    /** Everything that went wrong. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        results.forEach((jdk, steps) -> steps.forEach((step, counts) -> {
            counts.texts("failed").forEach(said -> failures.add(jdk + ", " + step + ": " + said));
            if (counts.of("failed") > 0 && counts.texts("failed").isEmpty()) {
                failures.add(jdk + ", " + step + ": " + counts.of("failed") + " failed");
            }
        }));
        return failures;
    }

    /** What has no result yet. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        results.forEach((jdk, steps) -> {
            if (!steps.containsKey("verified-jdk")) {
                missing.add("verifying " + jdk);
            }
            if (!steps.containsKey("work")) {
                missing.add("the fixed work on " + jdk);
            }
            if (libraries(steps, "verified-") == 0 || libraries(steps, "calls-") == 0) {
                missing.add("the libraries on " + jdk);
            }
        });
        return missing;
    }

    /** The first tables. */
    List<String> totals() {
        List<String> lines = new ArrayList<>();
        lines.add("## Verified");
        lines.add("");
        lines.addAll(Markdown.head(List.of(
                "",
                "jars",
                "classes",
                "methods",
                "woven",
                "a body outlined",
                "refused with a sentence",
                "classes with a body",
                "of these looked at",
                "not taken as released either",
                "failed")));
        results.forEach((jdk, steps) -> {
            Counts alone = steps.get("verified-jdk");
            if (alone != null) {
                lines.add(verified(jdk, alone));
            }
            long libraries = libraries(steps, "verified-");
            if (libraries > 0) {
                lines.add(verified(libraries + " libraries, " + jdk, sum(steps, "verified-")));
            }
        });
        lines.add("");
        lines.add("## Used");
        lines.add("");
        lines.addAll(Markdown.head(List.of(
                "",
                "bodies",
                "classes armed",
                "methods armed",
                "left out",
                "compared",
                "unsteady",
                "different or failed")));
        results.forEach((jdk, steps) -> {
            Counts alone = steps.get("work");
            long libraries = libraries(steps, "calls-");
            Counts all = sum(steps, "calls-");
            for (String side : List.of("old", "new")) {
                if (alone != null) {
                    lines.add(work(jdk, side, alone));
                }
                if (libraries > 0) {
                    lines.add(calls(libraries + " libraries, " + jdk, side, all));
                }
            }
        });
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            lines.add("");
            lines.add("Not run: " + String.join("; ", missing) + ".");
        }
        lines.add("");
        lines.add("## What failed");
        lines.add("");
        List<String> failures = failures();
        if (failures.isEmpty()) {
            lines.add(missing.isEmpty() ? "Nothing." : "Nothing, of what was run.");
        }
        failures.forEach(each -> lines.add("* " + Markdown.text(each)));
        return lines;
    }

    /** The whole document. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
        lines.add("");
        lines.add(Machine.line(List.copyOf(results.keySet())) + " " + WeavingCalls.CALLS
                + " calls are made up for each library.");
        lines.add("");
        lines.addAll(totals());
        section(lines, "## Refused by the weaver, and why", "refused:", "methods");
        section(
                lines,
                "## Armed in the running JDK: left out, and why",
                "old left out:",
                "methods");
        section(lines, "## Not loaded, so not woven", "not loaded:", "classes");
        texts(lines, "## Not looked at by the JVM's verifier", "not verified", """
                The JVM never verifies these, woven or not. They were woven and accepted by a redefinition, and the fixed work
                runs with them armed.""");
        texts(lines, "## Not taken as released either", "refused as released", """
                The JVM refuses a redefinition to the class file as it lies in the JDK or the jar: JFR has changed the class, or
                what the class needs is not there.""");
        each(lines);
        return lines;
    }

    private void section(List<String> lines, String title, String begin, String what) {
        Map<String, Map<String, Long>> reasons = new TreeMap<>();
        results.forEach((jdk, steps) -> steps.values()
                .forEach(counts -> counts.reasons(begin)
                        .forEach((why, number) -> reasons.computeIfAbsent(
                                        why, key -> new TreeMap<>())
                                .merge(jdk, number, Long::sum))));
        lines.addAll(List.of("", title, ""));
        if (reasons.isEmpty()) {
            lines.add("None.");
            return;
        }
        List<String> head = new ArrayList<>(List.of("why"));
        results.keySet().forEach(jdk -> head.add(what + ", " + jdk));
        lines.addAll(Markdown.head(head));
        reasons.forEach((why, numbers) -> {
            List<String> row = new ArrayList<>(List.of(Markdown.text(why)));
            results.keySet().forEach(jdk -> row.add("" + numbers.getOrDefault(jdk, 0L)));
            lines.add(Markdown.row(row));
        });
    }

    private void texts(List<String> lines, String title, String name, String meaning) {
        lines.addAll(List.of("", title, ""));
        meaning.lines().forEach(lines::add);
        lines.add("");
        results.forEach((jdk, steps) -> {
            Counts all = sum(steps, "verified-");
            all.addAll(steps.getOrDefault("verified-jdk", new Counts()));
            List<String> names = all.texts(name).stream()
                    .map(said -> said.replaceFirst(":.*", ""))
                    .sorted()
                    .toList();
            String more = all.of(name) > names.size() ? ", …" : "";
            lines.add("* " + jdk + ": " + all.of(name)
                    + (names.isEmpty() ? "" : ": `" + String.join("`, `", names) + "`" + more));
        });
    }

    private void each(List<String> lines) {
        lines.addAll(List.of("", "## Each library", ""));
        lines.addAll(Markdown.head(List.of(
                "library, JDK",
                "jars",
                "classes",
                "methods",
                "woven",
                "looked at",
                "classes armed",
                "methods armed",
                "compared",
                "unsteady",
                "failed")));
        results.forEach((jdk, steps) -> steps.forEach((step, found) -> {
            if (!step.startsWith("verified-") || step.equals("verified-jdk")) {
                return;
            }
            String id = step.substring("verified-".length());
            Counts used = steps.getOrDefault("calls-" + id, new Counts());
            lines.add(Markdown.row(List.of(
                    "`" + id + "`, " + jdk,
                    "" + found.of("jars"),
                    "" + found.of("classes"),
                    "" + found.of("methods"),
                    "" + found.of("woven"),
                    "" + found.of("verified"),
                    "" + used.of("old classes"),
                    "" + used.of("old methods"),
                    "" + (used.of("old compared") + used.of("new compared")),
                    "" + used.of("old unsteady"),
                    "" + (found.of("failed") + used.of("failed")))));
        }));
    }

    private static String verified(String title, Counts counts) {
        return Markdown.row(List.of(
                title,
                counts.of("jars") == 0 ? "-" : "" + counts.of("jars"),
                "" + counts.of("classes"),
                "" + counts.of("methods"),
                "" + counts.of("woven"),
                "" + counts.of("outlined"),
                ""
                        + counts.reasons("refused:").values().stream()
                                .mapToLong(each -> each)
                                .sum(),
                "" + counts.of("woven classes"),
                "" + counts.of("verified"),
                "" + counts.of("refused as released") + " (" + counts.of("methods of those")
                        + " methods)",
                "" + counts.of("failed")));
    }

    private static String work(String jdk, String side, Counts counts) {
        return Markdown.row(List.of(
                jdk,
                side,
                "" + counts.of(side + " classes"),
                "" + counts.of(side + " methods"),
                ""
                        + counts.reasons(side + " left out:").values().stream()
                                .mapToLong(each -> each)
                                .sum(),
                counts.of("lines") + " lines",
                "0",
                "" + counts.of(side + " failed")));
    }

    private static String calls(String title, String side, Counts counts) {
        return Markdown.row(List.of(
                title,
                side,
                "" + counts.of(side + " classes"),
                "" + counts.of(side + " methods"),
                "" + counts.of(side + " left out"),
                counts.of(side + " compared") + " results",
                "" + counts.of(side + " unsteady"),
                "" + counts.of(side + " failed")));
    }

    private static long libraries(Map<String, Counts> steps, String begin) {
        return steps.keySet().stream()
                .filter(step -> step.startsWith(begin) && !step.equals("verified-jdk"))
                .count();
    }

    private static Counts sum(Map<String, Counts> steps, String begin) {
        Counts all = new Counts();
        steps.forEach((step, counts) -> {
            if (step.startsWith(begin) && !step.equals("verified-jdk")) {
                all.addAll(counts);
            }
        });
        return all;
    }
}
