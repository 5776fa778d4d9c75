package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JVM's pauses during a load, by its own log, against one plain redefinition of the same classes in
 * the same JVM.
 */
final class Pauses {

    private static final int CHANGED = 20;
    private static final int RUNS = 5;
    private static final Pattern SAFEPOINT =
            Pattern.compile("Safepoint \"(\\w+)\".*Total: +(\\d+) ns");
    private static final Pattern HANDSHAKE =
            Pattern.compile("Handshake \"(\\w+)\".*Total completion time: +(\\d+) ns");

    private final int runs;
    private final Releases releases = new Releases();
    private final Subjects subjects = Subjects.make(releases, CHANGED);
    private final Path plainAgent = agentJar();

    private Pauses(int runs) throws Exception {
        this.runs = runs;
    }

    /**
     * What stopped threads between two points of time: in ms, and how often.
     *
     * @param safepoints stop every thread
     * @param handshakes stop one thread after the other, each for its share of the time
     */
    private record Stops(
            Map<String, List<Double>> safepoints, Map<String, List<Double>> handshakes) {

        private static double sum(Collection<List<Double>> stops) {
            return stops.stream()
                    .flatMap(List::stream)
                    .mapToDouble(each -> each)
                    .sum();
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
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "runs");
        Report report = new Report("pauses", arguments);
        Table table = new Table(
                "JDK",
                "other classes",
                "threads",
                "plain, ms",
                "load, ms",
                "ratio",
                "redefinitions",
                "their ratio",
                "longest redefinition, ms",
                "longest stack reading, ms",
                "handshakes, ms",
                "others in the load");
        Pauses pauses = new Pauses(arguments.number("runs", RUNS));
        for (Jdk jdk : arguments.jdks()) {
            for (int classes : List.of(2_000, 10_000)) {
                for (int threads : List.of(10, 200, 2_000)) {
                    pauses.measure(table, jdk, classes, threads);
                }
            }
        }
        report.add(table);
        report.say("Medians of " + pauses.runs + " JVMs; " + CHANGED
                + " changed classes. Plain and load: the sum of all safepoints, which stop every thread, that the"
                + " JVM logs in between, the time to reach them included. Plain: one redefineClasses of the same classes in the same JVM, after the load was taken back. Their"
                + " ratio: the redefinitions alone. Longest stack reading: median of the runs' longest, by safepoint"
                + " on 17, by a handshake with one thread on 25. Handshakes: the sum over the load; each stops one"
                + " thread at a time and no other.");
        report.write();
    }

    private void measure(Table table, Jdk jdk, int classes, int threads) throws Exception {
        Path fillers = releases.fillers(classes);
        List<Stops> plain = new ArrayList<>();
        List<Stops> load = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Run run = run(jdk, classes, threads, fillers);
            load.add(run.load());
            plain.add(run.plain());
        }
        double before = median(plain, Stops::total);
        double after = median(load, Stops::total);
        table.add(
                jdk.feature(),
                classes,
                threads,
                Table.number(before, 2),
                Table.number(after, 2),
                Table.number(after / before, 2),
                load.stream()
                        .mapToInt(stops -> stops.redefinitions().size())
                        .max()
                        .orElse(0),
                Table.number(median(load, Stops::redefining) / median(plain, Stops::redefining), 2),
                Table.number(median(load, Stops::longestRedefinition), 2),
                Table.number(median(load, Stops::longestReading), 2),
                Table.number(median(load, Stops::handshaken), 2),
                load.get(0).others());
    }

    private static double median(List<Stops> runs, ToDoubleFunction<Stops> figure) {
        return Table.median(runs.stream().map(figure::applyAsDouble).toList());
    }

    /**
     * Both in one JVM, since what a redefinition costs depends on all that is loaded there: a load, taken
     * back again, then the plain redefinition, which finds everything warm.
     */
    private Run run(Jdk jdk, int classes, int threads, Path fillers) throws Exception {
        Path log = Files.createTempFile(releases.folder(), "safepoints", ".txt");
        List<String> options = List.of(
                "-javaagent:" + plainAgent,
                Child.withAgent(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xlog:safepoint*=info,handshake*=info:file=" + log + "::filecount=0");
        try (Child child = new Child(jdk, options, subjects.original(), fillers)) {
            child.ask("classes subject.S " + CHANGED);
            child.ask("classes filler.F " + classes);
            child.ask("threads idle " + threads);
            Control control = new Control(child.pid());
            int before = Files.readAllLines(log).size();
            control.load(subjects.patch());
            control.await();
            Stops load = read(since(log, before));
            control.command("disable", "subject");
            control.await();
            control.command("unload", "subject");
            before = Files.readAllLines(log).size();
            child.ask("redefine " + subjects.fixed());
            return new Run(load, read(since(log, before)));
        }
    }

    /** What one JVM showed. */
    private record Run(Stops load, Stops plain) {}

    private static List<String> since(Path log, int before) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(before, lines.size());
    }

    private static Stops read(List<String> lines) {
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

    private Path agentJar() throws IOException {
        return releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    }
}
