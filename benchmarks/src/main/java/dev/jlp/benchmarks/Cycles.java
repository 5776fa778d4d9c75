package dev.jlp.benchmarks;

import dev.jlp.control.ControlProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads, disables and unloads one patch again and again in one JVM, and watches what grows; beside it, what grows when
 * nothing but the JVM's own redefinition is used as often.
 */
final class Cycles {

    private static final int CYCLES = 1_000;
    private static final int SAMPLES = 10;

    /** What is left out of the slope: compilers and pools settle. */
    private static final int WARM_UP_SAMPLES = 3;

    /** Flat: less growth than this part over the measured cycles. */
    private static final double PART_MAX = 0.01;

    /** The first measures are sizes, the others numbers, of which not even one may come. */
    private static final int SIZES = 3;

    private static final List<String> MEASURES = List.of(
            "heap, KiB", "metaspace, KiB", "code cache, KiB", "threads", "open files", "classes");

    private Cycles() {}

    /** What is done again and again in a JVM. */
    private interface Cycle {
        void run() throws IOException, ControlProblem;
    }

    /** How a JVM is made ready for that. */
    private interface Way {
        Cycle in(Child child) throws IOException;
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "cycles");
        int cycles = arguments.number("cycles", CYCLES);
        Report report = new Report("cycles", arguments);
        Releases releases = new Releases();
        Subjects subjects = Subjects.make(releases, 10);
        Path plainAgent = releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
        for (Jdk jdk : arguments.jdks()) {
            measure(
                    report,
                    jdk + ", JLP: load, disable, unload",
                    jdk,
                    Child.withAgent(),
                    subjects,
                    cycles,
                    child -> patching(new Control(child.pid()), subjects));
            measure(
                    report,
                    jdk + ", plain: as many redefinitions by an empty agent",
                    jdk,
                    "-javaagent:" + plainAgent,
                    subjects,
                    cycles,
                    child -> () -> redefineTwice(child, subjects));
        }
        report.write();
    }

    private static Cycle patching(Control control, Subjects subjects) {
        return () -> {
            control.load(subjects.patch());
            control.await();
            control.command("disable", "subject");
            control.await();
            control.command("unload", "subject");
        };
    }

    /** A load arms and finalises, and so does a disable. */
    private static void redefineTwice(Child child, Subjects subjects) throws IOException {
        for (int i = 0; i < 2; i++) {
            child.ask("redefine " + subjects.fixed());
            child.ask("redefine " + subjects.original());
        }
    }

    private static void measure(
            Report report,
            String title,
            Jdk jdk,
            String agent,
            Subjects subjects,
            int cycles,
            Way way)
            throws Exception {
        report.say(title + ":");
        List<String> columns = new ArrayList<>(MEASURES);
        columns.add(0, "cycles");
        Table table = new Table(columns.toArray(String[]::new));
        List<double[]> samples = new ArrayList<>();
        List<String> options = List.of(agent, "-XX:+UseSerialGC", "-Xmx256m");
        try (Child child = new Child(jdk, options, subjects.original())) {
            child.ask("classes subject.S 10");
            child.ask("threads busy 2");
            Cycle cycle = way.in(child);
            for (int i = 1; i <= cycles; i++) {
                cycle.run();
                if (i % (cycles / SAMPLES) == 0) {
                    samples.add(sample(child, table, i));
                }
            }
        }
        report.add(table);
        report.say(verdict(samples, cycles / SAMPLES));
    }

    private static double[] sample(Child child, Table table, int cycle) throws IOException {
        String[] cells = child.ask("memory").split(" ", -1);
        List<Object> row = new ArrayList<>(List.of((Object[]) cells));
        row.add(0, cycle);
        table.add(row.toArray());
        return List.of(cells).stream().mapToDouble(Double::parseDouble).toArray();
    }

    private static String verdict(List<double[]> samples, int cyclesPerSample) {
        List<double[]> settled = samples.subList(WARM_UP_SAMPLES, samples.size());
        List<String> words = new ArrayList<>();
        for (int i = 0; i < MEASURES.size(); i++) {
            double slope = slope(settled, i) / cyclesPerSample;
            double growth = slope * cyclesPerSample * (settled.size() - 1);
            double allowed = i < SIZES ? PART_MAX * settled.get(0)[i] : 1;
            boolean flat = growth < allowed;
            words.add(MEASURES.get(i) + ": " + (flat ? "flat" : "GROWS") + " ("
                    + Table.number(slope, 3) + " a cycle)");
        }
        return String.join("; ", words)
                + ". Least squares over the last " + settled.size()
                + " rows; flat is less than one part in a hundred over them, for the counts"
                + " less than one.";
    }

    private static double slope(List<double[]> samples, int column) {
        double mean = (samples.size() - 1) / 2.0;
        double average =
                samples.stream().mapToDouble(row -> row[column]).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < samples.size(); i++) {
            above += (i - mean) * (samples.get(i)[column] - average);
            below += (i - mean) * (i - mean);
        }
        return above / below;
    }
}
