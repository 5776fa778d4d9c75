package dev.jlp.benchmarks;

import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the first patch costs a JVM full of compiled code whose agent was attached late, against one whose
 * agent was there from the start. Options: {@code --classes}, of twenty hot methods each; {@code --warm-up}
 * and {@code --seconds} after each step.
 */
final class LateAttach {

    private static final int CLASSES = 250;
    private static final int METHODS = 20;
    private static final double BACK = 0.9;

    private final int classes;
    private final int warmUpSeconds;
    private final int seconds;
    private final Releases releases = new Releases();
    private final Subjects subjects = Subjects.make(releases, 10);
    private final Path hot;
    private final Path empty = releases.agent("empty", "dev.jlp.benchmarks.program.Nothing");
    private final Table table = new Table(
            "JDK",
            "agent",
            "rounds a second",
            "compiled methods",
            "left after attach",
            "left after load",
            "slowest after attach, of before",
            "slowest after load",
            "back after, s",
            "slowest after a second load",
            "at the end");

    private LateAttach(Arguments arguments) throws Exception {
        classes = arguments.number("classes", CLASSES);
        warmUpSeconds = arguments.number("warm-up", 12);
        seconds = arguments.number("seconds", 5);
        Map<String, String> sources = new TreeMap<>();
        for (int i = 0; i < classes; i++) {
            sources.put("hotcode.H" + i, source("H" + i, i));
        }
        hot = releases.compile("hotcode", sources);
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "classes", "warm-up", "seconds");
        Report report = new Report("late-attach", arguments);
        LateAttach all = new LateAttach(arguments);
        List<Plot> plots = new ArrayList<>();
        for (Jdk jdk : arguments.jdks()) {
            Plot plot = Plot.lines(
                    "pace of a worker, of before; the patch is loaded at 0; " + jdk,
                    new Plot.Axis("seconds", false),
                    new Plot.Axis("", false));
            all.measure(plot, jdk, "from the start", List.of(Child.withAgent()));
            all.measure(plot, jdk, "late", List.of());
            all.measure(
                    plot, jdk, "late, another from the start", List.of("-javaagent:" + all.empty));
            plots.add(plot);
        }
        report.add(all.table);
        report.say("A worker runs through " + all.classes * METHODS + " methods of " + all.classes
                + " classes, none of which the patch changes, for " + all.warmUpSeconds
                + " s; then the agent is attached, and after " + all.seconds
                + " s a patch of 10 other classes is loaded, and after as long taken back and loaded again."
                + " Compiled methods: those in use, by the JVM's list of its code, before the attach; left: right after the step. Slowest: the worst"
                + " twentieth of a second. Back: from the load until it keeps 90 % of before. Another: an agent that does"
                + " nothing but may redefine classes, so that the JVM has kept from the start what it must know to throw"
                + " away little.");
        for (int i = 0; i < plots.size(); i++) {
            Jdk jdk = arguments.jdks().get(i);
            report.add("late-attach-" + jdk.feature(), "Pace over time on " + jdk, plots.get(i));
        }
        report.write();
    }

    private static String source(String name, int number) {
        StringBuilder source = new StringBuilder("package hotcode; public final class " + name
                + " implements java.util.function.IntUnaryOperator {"
                + " public int applyAsInt(int x) { int sum = x;");
        for (int i = 0; i < METHODS; i++) {
            source.append(" sum = m" + i + "(sum);");
        }
        source.append(" return sum; }");
        for (int i = 0; i < METHODS; i++) {
            source.append(" static int m" + i + "(int x) { int y = x ^ " + (number * METHODS + i)
                    + "; for (int i = 0; i < 8; i++) { y = y * 31 + (y >>> 7) + i; }"
                    + " return y; }");
        }
        return source + "}";
    }

    private void measure(Plot plot, Jdk jdk, String name, List<String> agents) throws Exception {
        List<String> options = new ArrayList<>(agents);
        options.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+EnableDynamicAgentLoading"));
        try (Child child = new Child(jdk, options, subjects.original(), hot)) {
            child.ask("classes subject.S 10");
            child.ask("compile " + classes);
            pass(warmUpSeconds);
            long begin = System.nanoTime();
            pass(seconds);
            String compiled = child.ask("compiled");
            long attach = System.nanoTime();
            if (!agents.contains(Child.withAgent())) {
                attach(child.pid());
            }
            String afterAttach = child.ask("compiled");
            pass(seconds);
            Control control = new Control(child.pid());
            control.status();
            long load = System.nanoTime();
            control.load(subjects.patch());
            control.await();
            String afterLoad = child.ask("compiled");
            pass(seconds);
            control.command("disable", "subject");
            control.await();
            control.command("unload", "subject");
            long again = System.nanoTime();
            control.load(subjects.patch());
            control.await();
            pass(seconds);
            long end = System.nanoTime();
            Pace pace = new Pace(child.ask("samples"));
            double before = pace.median(begin, attach);
            List<Object> row = new ArrayList<>(List.of(jdk.feature(), name));
            row.addAll(List.of(Table.number(before, 0), compiled, afterAttach, afterLoad));
            row.addAll(paces(pace, before, new long[] {attach, load, again, end}));
            table.add(row.toArray());
            double[][] series = pace.series(load, before);
            plot.add(name, series[0], series[1]);
        }
    }

    /** What became of the pace between the times of attach, load, second load, and end. */
    private static List<String> paces(Pace pace, double before, long[] times) {
        OptionalDouble back = pace.back(BACK * before, times[1], times[2]);
        long last = times[3] - TimeUnit.SECONDS.toNanos(1);
        return List.of(
                Table.number(pace.lowest(times[0], times[1]) / before, 2),
                Table.number(pace.lowest(times[1], times[2]) / before, 2),
                back.isPresent() ? Table.number(back.getAsDouble(), 2) : "not",
                Table.number(pace.lowest(times[2], times[3]) / before, 2),
                Table.number(pace.median(last, times[3]) / before, 2));
    }

    private static void attach(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
            jvm.loadAgent(Shipped.agent().toString());
            jvm.detach();
        } catch (com.sun.tools.attach.AttachNotSupportedException
                | com.sun.tools.attach.AgentLoadException
                | com.sun.tools.attach.AgentInitializationException refused) {
            throw new IOException("the agent can't be attached", refused);
        }
    }

    private static void pass(int number) {
        Clients.waitUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(number));
    }
}
