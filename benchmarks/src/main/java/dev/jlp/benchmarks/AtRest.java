package dev.jlp.benchmarks;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Patched code against javac's own build of the fix, and the cost of a call in a transition, by JMH. */
final class AtRest {

    private static final int FORKS = 2;
    private final int forks;
    private static final String CLASS_PATH = System.getProperty("java.class.path", "");

    private final Releases releases = new Releases();
    private final Path fixed;
    private final Path patch;

    private AtRest(int forks) throws Exception {
        this.forks = forks;
        String subjects = "dev/jlp/benchmarks/subject";
        Path original = releases.jar("subject", Shipped.classes(), subjects);
        try (Stream<Path> sources = Files.list(Shipped.fixedSources().resolve(subjects))) {
            fixed = releases.compile("subject-fixed", sources.toList(), "");
        }
        patch = releases.patch("subject", original, fixed);
    }

    public static void main(String[] arguments) throws Exception {
        Report report = new Report("at-rest");
        AtRest atRest = new AtRest(arguments.length > 0 ? Integer.parseInt(arguments[0]) : FORKS);
        Table rest = new Table(
                "JDK",
                "method",
                "original, ns",
                "patched, ns",
                "javac's fix, ns",
                "patched / fix",
                "by the fastest");
        for (Jdk jdk : Jdk.present()) {
            atRest.addAtRest(rest, jdk);
        }
        report.add(rest);
        report.say("ns per call with JMH's own part; medians of the iterations of " + atRest.forks
                + " JVMs each. By the fastest: the same ratio of the fastest iterations, which a busy"
                + " machine disturbs less.");
        Table transition = new Table(
                "JDK", "thread in a transition", "median, ns", "fastest, ns", "over original");
        for (Jdk jdk : Jdk.present()) {
            atRest.addInTransition(transition, jdk);
        }
        report.add(transition);
        report.say(
                "A call of the getter in a loop, while a thread that is parked in an old body holds"
                        + " the transition open. Over original: difference of the fastest iterations in ns. The"
                        + " original is inlined into its loop; an armed one is a call of the bridge.");
        report.write();
    }

    private void addAtRest(Table table, Jdk jdk) throws RunnerException {
        Map<String, Map<String, List<Double>>> states = new LinkedHashMap<>();
        for (int i = 0; i < forks; i++) {
            for (String state : List.of("original", "patched", "fixed")) {
                run(jdk, state, "AtRestBenchmark")
                        .forEach((method, times) -> states.computeIfAbsent(
                                        method, any -> new TreeMap<>())
                                .computeIfAbsent(state, any -> new ArrayList<>())
                                .addAll(times));
            }
        }
        states.forEach((method, times) -> {
            List<Double> patched = times.getOrDefault("patched", List.of());
            List<Double> build = times.getOrDefault("fixed", List.of());
            table.add(
                    jdk.feature(),
                    method,
                    Table.number(Table.median(times.getOrDefault("original", List.of())), 2),
                    Table.number(Table.median(patched), 2),
                    Table.number(Table.median(build), 2),
                    Table.number(Table.median(patched) / Table.median(build), 2),
                    Table.number(fastest(patched) / fastest(build), 2));
        });
    }

    private void addInTransition(Table table, Jdk jdk) throws RunnerException {
        double original = 0;
        for (String state : List.of("original", "settled", "unsettled")) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < forks; i++) {
                run(jdk, state, "InTransitionBenchmark").values().forEach(times::addAll);
            }
            original = state.equals("original") ? fastest(times) : original;
            table.add(
                    jdk.feature(),
                    state,
                    Table.number(Table.median(times), 2),
                    Table.number(fastest(times), 2),
                    Table.number(fastest(times) - original, 2));
        }
    }

    private static double fastest(List<Double> times) {
        return times.stream().min(Double::compare).orElse(0.0);
    }

    /** The iterations of one JVM, by method. */
    private Map<String, List<Double>> run(Jdk jdk, String state, String benchmark)
            throws RunnerException {
        boolean loads = !state.equals("original") && !state.equals("fixed");
        List<String> options = new ArrayList<>(List.of("-Djlp.state=" + state, "-Xmx512m"));
        if (loads) {
            options.addAll(List.of(Child.withAgent(), "-Djlp.patch=" + patch));
        }
        // JMH hands this on to the JVM that it measures: there the first release found runs.
        System.setProperty(
                "java.class.path", state.equals("fixed") ? fixed + ":" + CLASS_PATH : CLASS_PATH);
        Map<String, List<Double>> found = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include("\\." + benchmark + "\\.")
                        .jvm(jdk.java().toString())
                        .jvmArgs(options.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(6)
                        .measurementTime(TimeValue.milliseconds(200))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            List<Double> times = found.computeIfAbsent(
                    result.getPrimaryResult().getLabel(), any -> new ArrayList<>());
            result.getBenchmarkResults()
                    .forEach(fork -> fork.getIterationResults()
                            .forEach(each -> times.add(each.getPrimaryResult().getScore())));
        }
        return found;
    }
}
