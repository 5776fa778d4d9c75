package dev.jlp.benchmarks;

import dev.jlp.control.ControlProblem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From load to enabled, by the number of threads and by what they do. Argument: most busy threads. */
final class TimeToPatched {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<String> KINDS = List.of("idle", "blocked", "busy");
    private static final List<Integer> PLATFORM = List.of(10, 1_000, 5_000);
    private static final List<Integer> VIRTUAL = List.of(10_000, 100_000);

    private TimeToPatched() {}

    public static void main(String[] arguments) throws Exception {
        int busyMax = arguments.length > 0 ? Integer.parseInt(arguments[0]) : Integer.MAX_VALUE;
        Report report = new Report("time-to-patched");
        Subjects subjects = Subjects.make(new Releases(), 10);
        Table table = new Table(
                "JDK",
                "threads",
                "number",
                "s by the agent",
                "s by the clock",
                "longest batch, ms");
        for (Jdk jdk : Jdk.present()) {
            for (int number : PLATFORM) {
                for (String kind : KINDS) {
                    if (!kind.equals("busy") || number <= busyMax) {
                        measure(table, jdk, subjects, kind, number);
                    }
                }
            }
            for (int number : jdk.feature() >= 21 ? VIRTUAL : List.<Integer>of()) {
                measure(table, jdk, subjects, "virtual", number);
            }
        }
        report.add(table);
        report.say("A busy thread calls the changed method a thousand times, then waits a"
                + " millisecond. Of the blocked ones a tenth, at most 100, read sockets, the others"
                + " wait for a monitor. By the clock: load sent to the first status, asked for every"
                + " 5 ms, that shows no transition. No answer: in two minutes the agent got too little"
                + " processor time to answer. One run each.");
        report.write();
    }

    private static void measure(Table table, Jdk jdk, Subjects subjects, String kind, int number)
            throws Exception {
        List<String> options =
                new ArrayList<>(List.of(Child.withAgent(), "-Xmx1g", "-XX:+UseSerialGC"));
        try (Child child = new Child(jdk, options, subjects.original())) {
            child.ask("classes subject.S 10");
            child.ask("threads " + kind + " " + number);
            Control control = new Control(child.pid());
            control.status();
            long start = System.nanoTime();
            control.load(subjects.patch());
            boolean done = control.await(LONGEST);
            double seconds = (System.nanoTime() - start) / 1e9;
            table.add(
                    jdk.feature(),
                    kind,
                    number,
                    done ? Table.number(control.total("last_load_seconds"), 3) : "not in 30",
                    done ? Table.number(seconds, 3) : "not in 30",
                    Table.number(control.total("stack_batch_ms_max"), 2));
        } catch (ControlProblem noAnswer) {
            // The program left the agent no time for an answer: that is a result, too.
            table.add(jdk.feature(), kind, number, "no answer", "no answer", "-");
        }
    }
}
