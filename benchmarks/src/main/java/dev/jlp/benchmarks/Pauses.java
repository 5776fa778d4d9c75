package dev.jlp.benchmarks;

import dev.jlp.builder.BuildProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The JVM's pauses during a load, by its own log, against one plain redefinition of the same classes in
 * the same JVM. Options: {@code --changed}, {@code --loaded}, {@code --threads}, sizes; {@code --quick}, one
 * size at a time is varied, the default; {@code --whole}, every combination; {@code --runs}, JVMs of each.
 */
final class Pauses {

    private static final int RUNS = 3;
    private static final List<Integer> CHANGED = List.of(1, 10, 100, 1_000);
    private static final List<Integer> LOADED = List.of(2_000, 10_000, 30_000);
    private static final List<Integer> THREADS = List.of(10, 200, 2_000, 10_000);

    private final int runs;
    private final Map<Integer, Subjects> subjects = new TreeMap<>();
    private final Releases releases = new Releases();
    private final Path plainAgent = releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    private final List<Measured> measured = new ArrayList<>();

    /** How large a JVM is, and how many of its classes change. */
    private record Cell(int changed, int loaded, int threads) {}

    /** The sums of all pauses, in ms. */
    private record Measured(Jdk jdk, Cell cell, double plain, double load) {}

    private Pauses(int runs) throws IOException {
        this.runs = runs;
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments =
                new Arguments(line, "quick", "whole", "runs", "changed", "loaded", "threads");
        Report report = new Report("pauses", arguments);
        Table table = new Table(
                "JDK",
                "changed",
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
            for (Cell cell : cells(arguments)) {
                pauses.measure(table, jdk, cell);
            }
        }
        report.add(table);
        report.say("Medians of " + pauses.runs
                + " JVMs. Plain and load: the sum of all safepoints, which stop every thread, that the"
                + " JVM logs in between, the time to reach them included. Plain: one redefineClasses of the same classes in the same JVM, after the load was taken back. Their"
                + " ratio: the redefinitions alone. Longest stack reading: median of the runs' longest, by safepoint"
                + " on 17, by a handshake with one thread on 25. Handshakes: the sum over the load; each stops one"
                + " thread at a time and no other.");
        for (Jdk jdk : arguments.jdks()) {
            report.say(pauses.law(jdk, "load", Measured::load) + "; "
                    + pauses.law(jdk, "plain", Measured::plain) + ".");
        }
        report.say(
                "Least squares over the rows above; R²: the part of the variance that the law explains.");
        report.add("pauses", "Pauses by threads", pauses.plot(arguments.jdks()));
        report.write();
    }

    /** Every combination, or one size at a time varied from the middle. */
    private static List<Cell> cells(Arguments arguments) {
        boolean whole = arguments.has("whole");
        List<Integer> changed = arguments.numbers("changed", CHANGED);
        List<Integer> loaded = arguments.numbers("loaded", LOADED);
        List<Integer> threads = arguments.numbers("threads", THREADS);
        List<Cell> cells = new ArrayList<>();
        for (int eachChanged : changed) {
            for (int eachLoaded : loaded) {
                for (int each : threads) {
                    int away = (eachChanged == middle(changed) ? 0 : 1)
                            + (eachLoaded == loaded.get(0) ? 0 : 1)
                            + (each == middle(threads) ? 0 : 1);
                    if (whole || away <= 1) {
                        cells.add(new Cell(eachChanged, eachLoaded, each));
                    }
                }
            }
        }
        return cells;
    }

    private static int middle(List<Integer> sizes) {
        return sizes.get(Math.min(1, sizes.size() - 1));
    }

    private String law(Jdk jdk, String name, ToDoubleFunction<Measured> pause) {
        List<Measured> own =
                measured.stream().filter(each -> each.jdk().equals(jdk)).toList();
        Law law = Law.fit(
                own.stream()
                        .map(each -> new double[] {
                            each.cell().changed(),
                            each.cell().loaded(),
                            each.cell().threads()
                        })
                        .toList(),
                own.stream().mapToDouble(pause).toArray());
        return jdk + ", " + name + ": ms = " + Table.number(law.factors().get(0), 2) + " + "
                + Table.number(law.factors().get(1), 4) + " a changed class + "
                + Table.number(law.factors().get(2), 5) + " a loaded class + "
                + Table.number(law.factors().get(3), 5) + " a thread, R² "
                + Table.number(law.rSquared(), 3);
    }

    /** Of the rows that differ in threads only from the middle. */
    private Plot plot(List<Jdk> jdks) {
        Plot plot = Plot.lines(
                "sum of the pauses, ms", new Plot.Axis("threads", true), new Plot.Axis("ms", true));
        for (Jdk jdk : jdks) {
            List<Measured> own =
                    measured.stream().filter(each -> each.jdk().equals(jdk)).toList();
            Cell first = own.get(0).cell();
            int changed = own.stream()
                    .mapToInt(each -> each.cell().changed())
                    .distinct()
                    .limit(2)
                    .reduce(first.changed(), (before, last) -> last);
            List<Measured> line = own.stream()
                    .filter(each -> each.cell().changed() == changed
                            && each.cell().loaded() == first.loaded())
                    .toList();
            double[] threads =
                    line.stream().mapToDouble(each -> each.cell().threads()).toArray();
            plot.add(
                    jdk + ", load",
                    threads,
                    line.stream().mapToDouble(Measured::load).toArray());
            plot.add(
                    jdk + ", plain",
                    threads,
                    line.stream().mapToDouble(Measured::plain).toArray());
        }
        return plot;
    }

    private void measure(Table table, Jdk jdk, Cell cell) throws Exception {
        Path fillers = releases.fillers(cell.loaded());
        List<Stops> plain = new ArrayList<>();
        List<Stops> load = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Run run = run(jdk, cell, fillers);
            load.add(run.load());
            plain.add(run.plain());
        }
        double before = median(plain, Stops::total);
        double after = median(load, Stops::total);
        measured.add(new Measured(jdk, cell, before, after));
        table.add(
                jdk.feature(),
                cell.changed(),
                cell.loaded(),
                cell.threads(),
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
    private Run run(Jdk jdk, Cell cell, Path fillers) throws Exception {
        Subjects changed = subjects(cell.changed());
        Path log = Files.createTempFile(releases.folder(), "safepoints", ".txt");
        List<String> options = List.of(
                "-javaagent:" + plainAgent,
                Child.withAgent(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xlog:safepoint*=info,handshake*=info:file=" + log + "::filecount=0");
        try (Child child = new Child(jdk, options, changed.original(), fillers)) {
            child.ask("classes subject.S " + cell.changed());
            child.ask("classes filler.F " + cell.loaded());
            child.ask("threads idle " + cell.threads());
            Control control = new Control(child.pid());
            int before = Files.readAllLines(log).size();
            control.load(changed.patch());
            control.await();
            Stops load = Stops.read(since(log, before));
            control.command("disable", "subject");
            control.await();
            control.command("unload", "subject");
            before = Files.readAllLines(log).size();
            child.ask("redefine " + changed.fixed());
            return new Run(load, Stops.read(since(log, before)));
        }
    }

    /** What one JVM showed. */
    private record Run(Stops load, Stops plain) {}

    private static List<String> since(Path log, int before) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(before, lines.size());
    }

    /** Each number in a folder of its own. */
    private Subjects subjects(int count) throws IOException, BuildProblem {
        Subjects made = subjects.get(count);
        if (made == null) {
            made = Subjects.make(new Releases(), count);
            subjects.put(count, made);
        }
        return made;
    }
}
