package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The JVM's pauses during a load, by its own log, against one plain redefinition of the same classes in
 * the same kind of JVM.
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

    /** What stopped threads between two points of time: in ms, and how often. */
    private record Stops(Map<String, List<Double>> byOperation) {

        double sum(String operation) {
            return byOperation.getOrDefault(operation, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        double total() {
            return byOperation.keySet().stream().mapToDouble(this::sum).sum();
        }

        int count(String operation) {
            return byOperation.getOrDefault(operation, List.of()).size();
        }

        /** Of the operations that read stacks. */
        double longestReading() {
            return byOperation.entrySet().stream()
                    .filter(entry ->
                            entry.getKey().matches("ThreadDump|Get.*Stack.*|.*Handshake.*"))
                    .flatMap(entry -> entry.getValue().stream())
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }

        String others() {
            return byOperation.keySet().stream()
                    .filter(name -> !name.equals("RedefineClasses"))
                    .map(name -> name + " ×" + count(name))
                    .collect(Collectors.joining(", "));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Report report = new Report("pauses");
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
                "others in the load");
        Pauses pauses = new Pauses(arguments.length > 0 ? Integer.parseInt(arguments[0]) : RUNS);
        for (Jdk jdk : Jdk.present()) {
            for (int classes : List.of(2_000, 10_000)) {
                for (int threads : List.of(10, 200, 2_000)) {
                    pauses.measure(table, jdk, classes, threads);
                }
            }
        }
        report.add(table);
        report.say("Medians of " + pauses.runs + " JVMs of each kind, taken in turn; " + CHANGED
                + " changed classes; the sums of all safepoints and handshakes that the JVM logs in"
                + " between, the time to reach them included. Plain: one redefineClasses. Their ratio: the redefinitions alone."
                + " Longest"
                + " stack reading: median of the runs' longest ThreadDump or handshake.");
        report.write();
    }

    private void measure(Table table, Jdk jdk, int classes, int threads) throws Exception {
        Path fillers = releases.fillers(classes);
        List<Stops> plain = new ArrayList<>();
        List<Stops> load = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            plain.add(run(jdk, classes, threads, fillers, true));
            load.add(run(jdk, classes, threads, fillers, false));
        }
        double before = Table.median(plain.stream().map(Stops::total).toList());
        double after = Table.median(load.stream().map(Stops::total).toList());
        table.add(
                jdk.feature(),
                classes,
                threads,
                Table.number(before, 2),
                Table.number(after, 2),
                Table.number(after / before, 2),
                load.stream()
                        .mapToInt(stops -> stops.count("RedefineClasses"))
                        .max()
                        .orElse(0),
                Table.number(redefining(load) / redefining(plain), 2),
                Table.number(longestRedefinition(load), 2),
                Table.number(
                        Table.median(load.stream().map(Stops::longestReading).toList()), 2),
                load.get(0).others());
    }

    private static double redefining(List<Stops> runs) {
        return Table.median(
                runs.stream().map(stops -> stops.sum("RedefineClasses")).toList());
    }

    private static double longestRedefinition(List<Stops> load) {
        return Table.median(load.stream()
                .map(stops ->
                        stops.byOperation().getOrDefault("RedefineClasses", List.of()).stream()
                                .max(Double::compare)
                                .orElse(0.0))
                .toList());
    }

    private Stops run(Jdk jdk, int classes, int threads, Path fillers, boolean plain)
            throws Exception {
        Path log = Files.createTempFile(releases.folder(), "safepoints", ".txt");
        List<String> options = List.of(
                plain ? "-javaagent:" + plainAgent : Child.withAgent(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xlog:safepoint*=info,handshake*=info:file=" + log + "::filecount=0");
        try (Child child = new Child(jdk, options, subjects.original(), fillers)) {
            child.ask("classes subject.S " + CHANGED);
            child.ask("classes filler.F " + classes);
            child.ask("threads idle " + threads);
            int before = Files.readAllLines(log).size();
            if (plain) {
                child.ask("redefine " + subjects.fixed());
            } else {
                Control control = new Control(child.pid());
                control.load(subjects.patch());
                control.await();
            }
            List<String> lines = Files.readAllLines(log);
            return read(lines.subList(before, lines.size()));
        }
    }

    private static Stops read(List<String> lines) {
        Map<String, List<Double>> found = new TreeMap<>();
        for (String line : lines) {
            for (Pattern pattern : List.of(SAFEPOINT, HANDSHAKE)) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    found.computeIfAbsent(matcher.group(1), any -> new ArrayList<>())
                            .add(Long.parseLong(matcher.group(2)) / 1e6);
                }
            }
        }
        return new Stops(found);
    }

    private Path agentJar() throws IOException {
        return releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    }
}
