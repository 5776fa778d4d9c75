package dev.jlp.benchmarks;

import dev.jlp.benchmarks.Requests.Interval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server, its clients, and the phases that it went through. */
final class ServerRun implements AutoCloseable {

    private static final Pattern SAFEPOINT =
            Pattern.compile("\\[(\\d+)ns].*Safepoint \"RedefineClasses\".*Total: +(\\d+) ns");
    private static final String AFTER = "after";
    private static final String MAIN = "dev.jlp.benchmarks.server.OrderServer";

    private final Jdk jdk;
    private final List<String> options;
    private final Path log;
    private final int port;
    private final Clients clients;
    private final List<Phase> phases = new ArrayList<>();
    private Child server;

    /** How a server is asked, and for how long. */
    record Settings(int perSecond, int connections, int warmUpSeconds, int seconds) {}

    private final Settings settings;

    /** Something that changes the server. */
    interface Change {
        void make() throws Exception;
    }

    /**
     * @param event when the change began
     * @param changed when it was made
     * @param cpu what the server's process used meanwhile, or null if it was not one process
     */
    record Phase(
            String name,
            long from,
            long event,
            long changed,
            long to,
            @org.jspecify.annotations.Nullable Duration cpu) {}

    ServerRun(Jdk jdk, Settings settings, List<String> agents, Path log) throws IOException {
        this.jdk = jdk;
        this.settings = settings;
        this.log = log;
        options = new ArrayList<>(agents);
        options.addAll(
                List.of("-Xmx512m", "-Xlog:safepoint*=info:file=" + log + ":tn:filecount=0"));
        server = start(0);
        port = Integer.parseInt(server.ask("port"));
        clients = new Clients(port, settings.connections(), settings.perSecond());
        Clients.waitUntil(System.nanoTime() + seconds(settings.warmUpSeconds()));
    }

    Child server() {
        return server;
    }

    /** Ends the server at once, and starts it again where it was. */
    void restart() throws IOException {
        server.close();
        server = start(port);
    }

    /** A phase in which nothing is done. */
    void phase(String name) throws Exception {
        phase(name, () -> {});
    }

    /** One that belongs to the change before it. */
    void after() throws Exception {
        phase(AFTER);
    }

    /** When what came after a phase was over. */
    long endAfter(int phase) {
        int last = phase;
        while (last + 1 < phases.size() && phases.get(last + 1).name().equals(AFTER)) {
            last++;
        }
        return phases.get(last).to();
    }

    /** A phase in whose middle the server is changed; it is longer if the change is. */
    void phase(String name, Change change) throws Exception {
        long half = seconds(settings.seconds()) / 2;
        long pid = server.pid();
        Duration before = cpu(pid);
        long from = System.nanoTime();
        Clients.waitUntil(from + half);
        long event = System.nanoTime();
        change.make();
        long changed = System.nanoTime();
        Clients.waitUntil(Math.max(from + 2 * half, changed + half));
        boolean same = pid == server.pid();
        phases.add(new Phase(
                name,
                from,
                event,
                changed,
                System.nanoTime(),
                same ? cpu(pid).minus(before) : null));
    }

    List<Phase> phases() {
        return phases;
    }

    Requests end() throws InterruptedException {
        return clients.end();
    }

    /** The safepoints that redefined classes, by the clock that requests are measured with. */
    List<Interval> redefinitions() throws IOException {
        List<Interval> found = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = SAFEPOINT.matcher(line);
            if (matcher.find()) {
                long end = Long.parseLong(matcher.group(1));
                found.add(new Interval(end - Long.parseLong(matcher.group(2)), end));
            }
        }
        return found;
    }

    /** Waits until the fix has run, which shows that it is there. */
    void awaitFix() throws IOException {
        long deadline = System.nanoTime() + seconds(10);
        while (!server.ask("seen").equals("true")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the fix does not run");
            }
        }
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }

    private Child start(int wantedPort) throws IOException {
        String classPath = Shipped.classes() + ":" + Shipped.libraries() + "/*";
        return new Child(jdk, options, classPath, List.of(MAIN, String.valueOf(wantedPort)));
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static long seconds(int number) {
        return TimeUnit.SECONDS.toNanos(number);
    }
}
