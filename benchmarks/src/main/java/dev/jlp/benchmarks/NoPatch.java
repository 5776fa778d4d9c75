package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agent costs a JVM that is never patched: at its start and while it runs. */
final class NoPatch {

    private static final int STARTS = 20;
    private static final int RUNS = 5;
    private static final int MILLIS = 800;

    private NoPatch() {}

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line);
        Report report = new Report("no-patch", arguments);
        Path empty = new Releases().agent("empty", "dev.jlp.benchmarks.program.Nothing");
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("no agent", List.of());
        kinds.put("empty agent", List.of("-javaagent:" + empty));
        kinds.put("JLP", List.of(Child.withAgent()));

        Table starts =
                new Table("JDK", "start-up", "median, ms", "fastest, ms", "over no agent, ms");
        Table runs = new Table("JDK", "running", "rounds a CPU second", "of no agent");
        for (Jdk jdk : arguments.jdks()) {
            addStarts(starts, jdk, kinds);
            addRuns(runs, jdk, kinds);
        }
        report.add(starts);
        report.add(runs);
        report.say("Start-up: a main that returns at once, from fork to exit, " + STARTS
                + " times in turn. The difference is the median of the paired ones. Running: medians of "
                + RUNS + " JVMs in turn, each " + MILLIS
                + " ms of the thread's CPU time after as long to warm up.");
        report.write();
    }

    private static void addStarts(Table table, Jdk jdk, Map<String, List<String>> kinds)
            throws IOException, InterruptedException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int i = 0; i < STARTS; i++) {
            for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
                times.computeIfAbsent(kind.getKey(), any -> new ArrayList<>())
                        .add(start(jdk, kind.getValue()));
            }
        }
        List<Double> bare = times.getOrDefault("no agent", List.of());
        times.forEach((kind, taken) -> {
            List<Double> more = new ArrayList<>();
            for (int i = 0; i < taken.size(); i++) {
                more.add(taken.get(i) - bare.get(i));
            }
            table.add(
                    jdk.feature(),
                    kind,
                    Table.number(Table.median(taken), 0),
                    Table.number(taken.stream().min(Double::compare).orElse(0.0), 0),
                    Table.number(Table.median(more), 0));
        });
    }

    private static double start(Jdk jdk, List<String> options)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(jdk.java().toString(), "-Xshare:auto"));
        line.addAll(options);
        line.addAll(
                List.of("-cp", Shipped.classes().toString(), "dev.jlp.benchmarks.program.Nothing"));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("exit " + process.exitValue() + ": " + line);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void addRuns(Table table, Jdk jdk, Map<String, List<String>> kinds)
            throws IOException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int i = 0; i < RUNS; i++) {
            for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
                try (Child child = new Child(jdk, kind.getValue())) {
                    double rounds = Double.parseDouble(child.ask("hot " + MILLIS));
                    rates.computeIfAbsent(kind.getKey(), any -> new ArrayList<>())
                            .add(rounds * 1_000 / MILLIS);
                }
            }
        }
        double bare = Table.median(rates.getOrDefault("no agent", List.of()));
        rates.forEach((kind, measured) -> {
            double rate = Table.median(measured);
            table.add(jdk.feature(), kind, Table.number(rate, 0), Table.number(rate / bare, 3));
        });
    }
}
