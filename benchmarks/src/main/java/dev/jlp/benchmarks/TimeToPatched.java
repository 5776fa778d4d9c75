package dev.jlp.benchmarks;

import dev.jlp.builder.BuildProblem;
import dev.jlp.control.ControlProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From load to enabled, by the number of threads and by what they do, beside one plain redefinition in the
 * same program. Option: {@code --busy-max}, most busy threads.
 */
final class TimeToPatched {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_PLAIN = Duration.ofMinutes(2);
    private static final String NO_ANSWER = "no answer";
    private static final List<String> KINDS = List.of("idle", "blocked", "serving", "busy");
    private static final List<Integer> PLATFORM = List.of(10, 1_000, 5_000);
    private static final List<Integer> VIRTUAL = List.of(10_000, 100_000);

    private final Subjects subjects;
    private final Path plainAgent;
    private final Table table = new Table(
            "JDK",
            "threads",
            "number",
            "s by the agent",
            "s by the clock",
            "longest batch, ms",
            "plain, s by the clock");

    private TimeToPatched(Releases releases) throws IOException, BuildProblem {
        subjects = Subjects.make(releases, 10);
        plainAgent = releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "busy-max");
        int busyMax = arguments.number("busy-max", Integer.MAX_VALUE);
        Report report = new Report("time-to-patched", arguments);
        TimeToPatched all = new TimeToPatched(new Releases());
        for (Jdk jdk : arguments.jdks()) {
            for (int number : PLATFORM) {
                for (String kind : KINDS) {
                    if (!kind.equals("busy") || number <= busyMax) {
                        all.measure(jdk, kind, number);
                    }
                }
            }
            for (int number : jdk.feature() >= 21 ? VIRTUAL : List.<Integer>of()) {
                all.measure(jdk, "virtual", number);
            }
        }
        report.add(all.table);
        report.say("A busy thread calls the changed method a thousand times, then waits a"
                + " millisecond; a serving one waits as many milliseconds as there are threads. Of the"
                + " blocked ones a tenth, at most 100, read sockets, the others wait for a monitor. By"
                + " the clock: load sent to the first status, asked for every 5 ms, that shows no"
                + " transition. Plain: one redefineClasses of the same classes by an empty agent in the"
                + " same program, afterwards. No answer: in two minutes the agent, or the program's own"
                + " thread, got too little processor time to answer. One run each.");
        report.write();
    }

    private void measure(Jdk jdk, String kind, int number) throws Exception {
        List<String> options = List.of(
                "-javaagent:" + plainAgent, Child.withAgent(), "-Xmx1g", "-XX:+UseSerialGC");
        try (Child child = new Child(jdk, options, subjects.original())) {
            child.ask("classes subject.S 10");
            child.ask("threads " + kind + " " + number);
            List<Object> row = new ArrayList<>(List.of(jdk.feature(), kind, number));
            row.addAll(load(new Control(child.pid())));
            row.add(plain(child));
            table.add(row.toArray());
        }
    }

    private List<String> load(Control control) throws IOException {
        try {
            control.status();
            long start = System.nanoTime();
            control.load(subjects.patch());
            boolean done = control.await(LONGEST);
            double seconds = (System.nanoTime() - start) / 1e9;
            return List.of(
                    done ? Table.number(control.total("last_load_seconds"), 3) : "not in 30",
                    done ? Table.number(seconds, 3) : "not in 30",
                    Table.number(control.total("stack_batch_ms_max"), 2));
        } catch (ControlProblem noAnswer) {
            // The program left the agent no time for an answer: that is a result, too.
            return List.of(NO_ANSWER, NO_ANSWER, "-");
        }
    }

    private String plain(Child child) {
        long start = System.nanoTime();
        return child.ask("redefine " + subjects.fixed(), LONGEST_PLAIN)
                .map(answer -> Table.number((System.nanoTime() - start) / 1e9, 3))
                .orElse(NO_ANSWER);
    }
}
