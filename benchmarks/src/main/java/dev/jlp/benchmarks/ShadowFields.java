package dev.jlp.benchmarks;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accesses to shadow fields against those to plain fields of the same objects, by JMH. */
final class ShadowFields {

    /** What each access is compared with, in the order of the rows. */
    private static final Map<String, String> BASELINES = new LinkedHashMap<>();

    static {
        BASELINES.put("readHit", "readPlain");
        BASELINES.put("readVolatileHit", "readPlain");
        BASELINES.put("readMiss", "readPlain");
        BASELINES.put("readEmpty", "readPlain");
        BASELINES.put("readReferenceHit", "readReferencePlain");
        BASELINES.put("writeHit", "writePlain");
        BASELINES.put("newReadMiss", "newPlain");
        BASELINES.put("newWithValue", "newPlain");
    }

    private ShadowFields() {}

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line);
        Report report = new Report("shadow-fields", arguments);
        Table table = new Table(
                "JDK",
                "threads",
                "objects",
                "access",
                "plain, ns",
                "shadow, ns",
                "ratio",
                "fastest plain, ns",
                "fastest shadow, ns",
                "their ratio");
        for (Jdk jdk : arguments.jdks()) {
            for (int threads : List.of(1, 2)) {
                for (int objects : List.of(1_000, 100_000)) {
                    add(table, jdk, threads, objects);
                }
            }
        }
        report.add(table);
        report.say(
                "ns per access with JMH's own part and the step to the next object, which come in no"
                        + " order; medians and the fastest of the iterations of one JVM, 10 ms each. Hit: the"
                        + " object has a value. Miss: as many others have. Empty: none has. New: with making the"
                        + " object; to read it there for the first time, or to set its value.");
        report.write();
    }

    private static void add(Table table, Jdk jdk, int threads, int objects) throws RunnerException {
        Map<String, List<Double>> times = run(jdk, threads, objects);
        BASELINES.forEach((access, baseline) -> {
            List<Double> shadow = times.getOrDefault(access, List.of());
            List<Double> plain = times.getOrDefault(baseline, List.of());
            table.add(
                    jdk.feature(),
                    threads,
                    objects,
                    access,
                    Table.number(Table.median(plain), 2),
                    Table.number(Table.median(shadow), 2),
                    Table.number(Table.median(shadow) / Table.median(plain), 1),
                    Table.number(fastest(plain), 2),
                    Table.number(fastest(shadow), 2),
                    Table.number(fastest(shadow) / fastest(plain), 1));
        });
    }

    private static double fastest(List<Double> times) {
        return times.stream().min(Double::compare).orElse(0.0);
    }

    /** The iterations by method. */
    private static Map<String, List<Double>> run(Jdk jdk, int threads, int objects)
            throws RunnerException {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include("\\.ShadowFieldBenchmark\\.")
                        .param("objects", String.valueOf(objects))
                        .jvm(jdk.java().toString())
                        .jvmArgs("-Xmx512m")
                        .threads(threads)
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(200))
                        .measurementIterations(100)
                        .measurementTime(TimeValue.milliseconds(10))
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
