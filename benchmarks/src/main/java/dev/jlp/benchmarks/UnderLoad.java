package dev.jlp.benchmarks;

import dev.jlp.benchmarks.ServerRun.Phase;
import dev.jlp.benchmarks.ServerRun.Settings;

import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server of orders under load while it is changed, by JLP and by others, each in a server of its own,
 * against the same server before. Options: {@code --rate}, requests a second, 0 for as many as it answers;
 * {@code --connections}; {@code --seconds} of a phase; {@code --warm-up}, seconds; {@code --rows}.
 */
final class UnderLoad {

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String ALONE = "alone";
    private static final List<String> ROWS =
            List.of(ALONE, "jlp", "plain", "byte-buddy", "byteman", "restart");

    private final Settings settings;
    private final Releases releases = new Releases();
    private final HotFix fix = HotFix.make(releases);
    private final Path plainAgent = releases.agent("plain", "dev.jlp.benchmarks.program.Plain");
    private final LoadTable table = new LoadTable();
    private final Map<String, double[]> overTime = new LinkedHashMap<>();

    private UnderLoad(Arguments arguments) throws Exception {
        settings = new Settings(
                arguments.number("rate", 1_000),
                arguments.number("connections", 16),
                arguments.number("warm-up", 8),
                arguments.number("seconds", 5));
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments =
                new Arguments(line, "rate", "connections", "warm-up", "seconds", "rows");
        Report report = new Report("under-load", arguments);
        UnderLoad all = new UnderLoad(arguments);
        List<Plot> plots = new ArrayList<>();
        for (Jdk jdk : arguments.jdks()) {
            for (String row : arguments.words("rows", ROWS)) {
                all.measure(jdk, row);
            }
            plots.add(all.plot(jdk));
        }
        report.add(all.table.table());
        report.say(all.words());
        for (int i = 0; i < plots.size(); i++) {
            Jdk jdk = arguments.jdks().get(i);
            report.add("under-load-" + jdk.feature(), "p99 over time on " + jdk, plots.get(i));
        }
        report.write();
    }

    private void measure(Jdk jdk, String row) throws Exception {
        switch (row) {
            case ALONE -> run(jdk, List.of(), "none", server -> server.phase("the same again"));
            case "jlp" -> run(jdk, List.of(Child.withAgent()), "JLP", this::jlp);
            case "plain" ->
                run(
                        jdk,
                        List.of("-javaagent:" + plainAgent),
                        "redefineClasses",
                        server -> change(
                                server, () -> server.server().ask("redefine " + fix.fixed())));
            case "byte-buddy" ->
                run(
                        jdk,
                        List.of("-javaagent:" + plainAgent),
                        "Byte Buddy",
                        server -> change(server, () -> said(server.server().ask("advise"))));
            case "byteman" -> byteman(jdk);
            case "restart" ->
                run(jdk, List.of(), "restart", server -> {
                    server.phase("during", server::restart);
                    server.after();
                    server.after();
                });
            default -> throw new IllegalArgumentException("no row '" + row + "' in " + ROWS);
        }
    }

    /** What is done to a server once it is warm and was measured alone. */
    private interface Course {
        void take(ServerRun server) throws Exception;
    }

    private void run(Jdk jdk, List<String> agents, String tool, Course course) throws Exception {
        Path log = Files.createTempFile(releases.folder(), "safepoints", ".txt");
        try (ServerRun server = new ServerRun(jdk, settings, agents, log)) {
            server.phase(ALONE);
            Optional<String> wrong = Optional.empty();
            try {
                course.take(server);
            } catch (Refused refused) {
                wrong = Optional.of(String.valueOf(refused.getMessage()));
            }
            Requests requests = server.end();
            table.add(jdk, tool, server, requests);
            wrong.ifPresent(words -> table.refused(jdk, tool, words));
            keep(tool, server, requests);
        }
    }

    /** For the picture: from one second before the first change. */
    private void keep(String tool, ServerRun server, Requests requests) {
        if (server.phases().size() > 1) {
            Phase during = server.phases().get(1);
            long begin = during.event() - TimeUnit.SECONDS.toNanos(1);
            int slices = (int) ((during.to() - begin) / SLICE);
            overTime.put(tool, requests.series(99, begin, SLICE, slices));
        }
    }

    private static void change(ServerRun server, ServerRun.Change change) throws Exception {
        server.phase("during", change);
        server.awaitFix();
        server.after();
    }

    private void jlp(ServerRun server) throws Exception {
        Control control = new Control(server.server().pid());
        change(server, () -> {
            control.load(fix.patch());
            control.await();
        });
        server.phase("disable", () -> {
            control.command("disable", "hot");
            control.await();
        });
        control.command("unload", "hot");
        server.server().ask("hold");
        control.load(fix.patch());
        server.awaitFix();
        server.phase("transition held open");
        if (control.await(Duration.ZERO)) {
            throw new IllegalStateException("nobody held the transition open");
        }
        server.server().ask("release");
        control.await();
    }

    private void byteman(Jdk jdk) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String agent = "-javaagent:" + libraryOf(org.jboss.byteman.agent.Main.class)
                + "=listener:true,address:127.0.0.1,port:" + port;
        run(
                jdk,
                List.of(agent),
                "Byteman",
                server -> change(server, () -> {
                    Submit byteman = new Submit("127.0.0.1", port);
                    said(byteman.addScripts(List.of(new ScriptText("fix", fix.rules()))));
                }));
    }

    private static Path libraryOf(Class<?> type) throws java.net.URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A tool's own words: an error of it is a result. */
    private static void said(String words) throws Refused {
        if (words.contains("rror") || words.contains("xception")) {
            throw new Refused(words);
        }
    }

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    private Plot plot(Jdk jdk) {
        Plot plot = Plot.lines(
                "p99 of each quarter of a second, ms; the change begins at 0; " + jdk,
                new Plot.Axis("seconds", false),
                new Plot.Axis("ms", true));
        overTime.forEach((tool, values) -> {
            double[] seconds = new double[values.length];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = (i + 0.5) * SLICE / 1e9 - 1;
            }
            plot.add(tool, seconds, values);
        });
        overTime.clear();
        return plot;
    }

    private String words() {
        String load = settings.perSecond() == 0
                ? "as many requests as it answers"
                : settings.perSecond() + " requests a second";
        return "A Jetty server of orders in H2, each row's group a JVM of its own; "
                + settings.connections() + " connections in another JVM ask for " + load
                + ", whether or not it keeps up, and times count from when a request was due. Phases of "
                + settings.seconds() + " s after " + settings.warmUpSeconds()
                + " s to warm up; a change comes in the middle of its phase. Every tool puts the same call in front of "
                + dev.jlp.benchmarks.server.Fix.methods().values().stream()
                        .mapToInt(List::size)
                        .sum()
                + " names of methods in "
                + dev.jlp.benchmarks.server.Fix.methods().size()
                + " classes that each request runs through. Of alone: against the first phase of the same JVM."
                + " Outside: without the requests that were under way in a safepoint that redefined classes."
                + " Change: how long it took. Calm: seconds from its beginning until no later second, up to the end"
                + " of what came after, has a failure or a p99 more than 10 % above that of the worst second"
                + " alone. CPU: of the server's process, by request.";
    }
}
