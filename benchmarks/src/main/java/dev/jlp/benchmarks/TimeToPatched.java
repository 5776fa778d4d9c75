package dev.jlp.benchmarks;

import dev.jlp.builder.BuildProblem;
import dev.jlp.control.ControlProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From load to enabled, by the number of threads and by what they do, beside one plain redefinition in the
 * same program. Options: {@code --platform} and {@code --virtual}, numbers of threads; {@code --kinds} of
 * platform threads; {@code --busy-max}, most busy threads.
 */
final class TimeToPatched {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_PLAIN = Duration.ofMinutes(2);
    private static final String NO_ANSWER = "no answer";
    private static final List<String> KINDS = List.of("idle", "blocked", "serving", "busy");
    private static final List<Integer> PLATFORM = List.of(10, 1_000, 10_000);
    private static final int BUSY_MAX = 1_000;
    private static final List<Integer> VIRTUAL = List.of(10_000, 100_000, 1_000_000);
    private static final Duration BEFORE = Duration.ofMillis(500);

    private final Subjects subjects;
    private final Path plainAgent;
    private final Map<String, List<double[]>> points = new LinkedHashMap<>();
    private final Table table = new Table(
            "JDK",
            "threads",
            "number",
            "s by the agent",
            "s by the clock",
            "longest batch, ms",
            "application, of before",
            "plain, s by the clock");

    private TimeToPatched(Releases releases) throws IOException, BuildProblem {
        subjects = Subjects.make(releases, 10);
        plainAgent = releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "busy-max", "platform", "virtual", "kinds");
        int busyMax = arguments.number("busy-max", BUSY_MAX);
        Report report = new Report("time-to-patched", arguments);
        TimeToPatched all = new TimeToPatched(new Releases());
        for (Jdk jdk : arguments.jdks()) {
            for (int number : arguments.numbers("platform", PLATFORM)) {
                for (String kind : arguments.words("kinds", KINDS)) {
                    if (!kind.equals("busy") || number <= busyMax) {
                        all.measure(jdk, kind, number);
                    }
                }
            }
            List<Integer> virtual = arguments.numbers("virtual", VIRTUAL);
            for (int number : jdk.feature() >= 21 ? virtual : List.<Integer>of()) {
                all.measure(jdk, "virtual", number);
            }
        }
        report.add(all.table);
        report.add("time-to-patched", "Seconds to patched by threads", all.plot());
        report.say("A busy thread calls the changed method a thousand times, then waits a"
                + " millisecond; a serving one waits as many milliseconds as there are threads. Of the"
                + " blocked ones a tenth, at most 100, read sockets, the others wait for a monitor. By"
                + " the clock: load sent to the first status, asked for every 50 ms, that shows no"
                + " transition. Plain: one redefineClasses of the same classes by an empty agent in the"
                + " same program, afterwards. No answer: in two minutes the agent, or the program's own"
                + " thread, got too little processor time to answer. Application: rounds a second of one more"
                + " thread that works all the time, from load to patched, of those in the half second before."
                + " One run each.");
        report.write();
    }

    private void measure(Jdk jdk, String kind, int number) throws Exception {
        List<String> options = List.of(
                "-javaagent:" + plainAgent, Child.withAgent(), "-Xmx4g", "-XX:+UseSerialGC");
        try (Child child = new Child(jdk, options, subjects.original())) {
            child.ask("classes subject.S 10");
            child.ask("threads " + kind + " " + number);
            List<Object> row = new ArrayList<>(List.of(jdk.feature(), kind, number));
            row.addAll(load(child, new Control(child.pid()), jdk + " " + kind, number));
            row.add(child.answers() ? plain(child) : NO_ANSWER);
            table.add(row.toArray());
        }
    }

    private List<String> load(Child child, Control control, String kind, int number)
            throws IOException {
        try {
            control.status();
            rounds(child); // begins the work
            Clients.waitUntil(System.nanoTime() + BEFORE.toNanos()); // it is compiled
            double before =
                    progress(child, () -> Clients.waitUntil(System.nanoTime() + BEFORE.toNanos()));
            long start = System.nanoTime();
            boolean[] done = {false};
            double during = progress(child, () -> {
                control.load(subjects.patch());
                done[0] = control.await(LONGEST);
            });
            double seconds = (System.nanoTime() - start) / 1e9;
            if (done[0]) {
                points.computeIfAbsent(kind, any -> new ArrayList<>())
                        .add(new double[] {number, seconds});
            }
            return List.of(
                    done[0] ? Table.number(control.total("last_load_seconds"), 3) : "not in 30",
                    done[0] ? Table.number(seconds, 3) : "not in 30",
                    Table.number(control.total("stack_batch_ms_max"), 2),
                    Table.number(during / before, 2));
        } catch (ControlProblem | NoAnswer noAnswer) {
            // The program left the agent no time for an answer: that is a result, too.
            return List.of(NO_ANSWER, NO_ANSWER, "-", "-");
        }
    }

    private interface Meanwhile {
        void happens() throws IOException, ControlProblem;
    }

    /** Rounds of work in a second of it. */
    private static double progress(Child child, Meanwhile meanwhile)
            throws IOException, ControlProblem {
        long start = System.nanoTime();
        long rounds = rounds(child);
        meanwhile.happens();
        long done = rounds(child) - rounds;
        return done * 1e9 / (System.nanoTime() - start);
    }

    private static long rounds(Child child) throws NoAnswer {
        return Long.parseLong(child.ask("progress", LONGEST_PLAIN).orElseThrow(NoAnswer::new));
    }

    private static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private Plot plot() {
        Plot plot = Plot.lines(
                "from load to the last thread, by the clock",
                new Plot.Axis("threads", true),
                new Plot.Axis("s", true));
        points.forEach((kind, each) -> plot.add(
                kind,
                each.stream().mapToDouble(point -> point[0]).toArray(),
                each.stream().mapToDouble(point -> point[1]).toArray()));
        return plot;
    }

    private String plain(Child child) {
        long start = System.nanoTime();
        return child.ask("redefine " + subjects.fixed(), LONGEST_PLAIN)
                .map(answer -> Table.number((System.nanoTime() - start) / 1e9, 3))
                .orElse(NO_ANSWER);
    }
}
