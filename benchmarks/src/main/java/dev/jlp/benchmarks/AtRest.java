package dev.jlp.benchmarks;

import dev.jlp.builder.ReleasePair;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Patched code against javac's own build of the fix, and the cost of a call in a transition, by JMH. Options:
 * {@code --forks}, JVMs of each kind; {@code --methods}, only those.
 */
final class AtRest {

    private static final int FORKS = 2;
    private static final String CLASS_PATH = System.getProperty("java.class.path", "");

    private final int forks;
    private final String methods;
    private final Releases releases = new Releases();
    private final Big big = Big.make(releases);
    private final Path fixed;
    private final Path patch;

    private AtRest(int forks, List<String> methods) throws Exception {
        this.forks = forks;
        this.methods = methods.isEmpty() ? "" : "(" + String.join("|", methods) + ")$";
        String subjects = "dev/jlp/benchmarks/subject";
        Path original = releases.jar("subject", Shipped.classes(), subjects);
        try (Stream<Path> sources = Files.list(Shipped.fixedSources().resolve(subjects))) {
            fixed = releases.compile("subject-fixed", sources.toList(), "");
        }
        patch = releases.patch(
                "subject",
                List.of(
                        new ReleasePair(original.toString(), fixed.toString()),
                        new ReleasePair(big.original().toString(), big.fixed().toString())));
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "forks", "methods");
        Report report = new Report("at-rest", arguments);
        AtRest atRest =
                new AtRest(arguments.number("forks", FORKS), arguments.words("methods", List.of()));
        AtRestTable rest = new AtRestTable();
        for (Jdk jdk : arguments.jdks()) {
            for (int fork = 0; fork < atRest.forks; fork++) {
                atRest.measure(rest, jdk);
            }
            rest.add(jdk);
        }
        report.add(rest.table());
        report.say("ns per call with JMH's own part; medians of the iterations of " + atRest.forks
                + " JVMs each. Patched / fix: the median of the ratios of one JVM of each kind, and from"
                + " the smallest of them to the largest. By the fastest: the ratio of the fastest iterations of all,"
                + " which a busy machine disturbs less. Big: "
                + "just below the length that HotSpot compiles. Companion: an added method."
                + " Shadow field: an added field that the object has.");
        report.add("at-rest", "Patched code over javac's build of the fix", rest.plot());
        if (atRest.methods.isEmpty()) {
            Table transition = new Table(
                    "JDK", "thread in a transition", "median, ns", "fastest, ns", "over original");
            for (Jdk jdk : arguments.jdks()) {
                atRest.addInTransition(transition, jdk);
            }
            report.add(transition);
            report.say(
                    "A call of the getter in a loop, while a thread that is parked in an old body holds"
                            + " the transition open. Over original: difference of the fastest iterations in ns. The"
                            + " original is inlined into its loop; an armed one is a call of the bridge.");
        }
        report.write();
    }

    /** One JVM of each kind. */
    private void measure(AtRestTable table, Jdk jdk) throws RunnerException {
        for (String state : AtRestTable.STATES) {
            run(jdk, state, "AtRestBenchmark\\." + methods)
                    .forEach((method, times) -> table.measured(method, state, times));
        }
    }

    private void addInTransition(Table table, Jdk jdk) throws RunnerException {
        double original = 0;
        for (String state : List.of("original", "settled", "unsettled")) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < forks; i++) {
                run(jdk, state, "InTransitionBenchmark\\.").values().forEach(times::addAll);
            }
            double fastest = AtRestTable.fastest(times);
            original = state.equals("original") ? fastest : original;
            table.add(
                    jdk.feature(),
                    state,
                    Table.number(Table.median(times), 2),
                    Table.number(fastest, 2),
                    Table.number(fastest - original, 2));
        }
    }

    /** The iterations by method, each in a JVM of its own. */
    private Map<String, List<Double>> run(Jdk jdk, String state, String benchmark)
            throws RunnerException {
        boolean loads = !state.equals("original") && !state.equals("fixed");
        List<String> options =
                new ArrayList<>(List.of("-Djlp.benchmarks.state=" + state, "-Xmx512m"));
        if (loads) {
            options.addAll(List.of(Child.withAgent(), "-Djlp.benchmarks.patch=" + patch));
        }
        // JMH hands this on to the JVM that it measures: there the first release found runs.
        System.setProperty(
                "java.class.path",
                state.equals("fixed")
                        ? fixed + ":" + big.fixed() + ":" + CLASS_PATH
                        : big.original() + ":" + CLASS_PATH);
        Map<String, List<Double>> found = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include("\\." + benchmark)
                        .jvm(jdk.java().toString())
                        .jvmArgs(options.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(150))
                        .measurementIterations(6)
                        .measurementTime(TimeValue.milliseconds(100))
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
