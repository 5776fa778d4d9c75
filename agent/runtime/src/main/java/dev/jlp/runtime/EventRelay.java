package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Passes events on to the program's own channels: the {@code System.Logger} named {@code jlp}, JFR and
 * JMX; and prints our faults.
 *
 * <p>On a thread of its own, started when it is first needed and to be had: a logger is the application's code, may be slow,
 * and may even be what is being patched; nobody may be reading standard error. Before the first patch nothing of it is initialised.
 */
final class EventRelay {

    private static final int BACKLOG_MAX = 10_000;

    /** A program sets its logging and JMX up within this time, or is content with what is there. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LinkedBlockingQueue<Runnable> backlog = new LinkedBlockingQueue<>(BACKLOG_MAX);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Consumer<JsonObject>> channels = new ArrayList<>();
    private final ManagedPatches managed;
    private @Nullable Thread thread;
    private long beginNanos = System.nanoTime();
    private boolean opened;

    EventRelay(ManagedPatches managed) {
        this.managed = managed;
    }

    /** The beans of the patches are to be looked at again. Called as {@link #pass}. */
    void passRefresh() {
        if (thread != null) {
            add(this::refresh);
        }
    }

    private volatile long notBeforeNanos = System.nanoTime();

    /** Never blocks; with a full backlog the event stays in the log alone. Called under the log's lock. */
    void pass(JsonObject event) {
        add(() -> send(event));
    }

    /** As {@link #pass}: one line for standard error, which is not held back. */
    void print(String fault) {
        lines.add(fault);
        add(() -> {}); // it may be waiting for events
        LockSupport.unpark(thread);
    }

    private void add(Runnable step) {
        if (!backlog.offer(step)) {
            Contained.report(
                    "events come faster than they are taken",
                    new IllegalStateException("backlog full"));
        }
        begin();
    }

    /** Called as {@link #pass}, now and then: a JVM may have given no thread, and give one by now. */
    void goOn() {
        if (!backlog.isEmpty()) {
            begin();
        }
    }

    /** Each try that fails is a line of the JVM's on the program's output, so they are few. */
    private void begin() {
        if (thread != null || System.nanoTime() - beginNanos < 0) {
            return;
        }
        Thread fresh = new Thread(null, this::run, "jlp-events", 0, false);
        fresh.setDaemon(true);
        try {
            fresh.start();
            thread = fresh;
        } catch (OutOfMemoryError noThread) {
            beginNanos = System.nanoTime() + BEGIN_NANOS;
            Contained.report("events are passed on later", noThread);
        }
    }

    /** Called as {@link #pass}, before the first event. */
    void holdBack() {
        notBeforeNanos = System.nanoTime() + HELD_NANOS;
    }

    private void run() {
        while (true) {
            try {
                step();
            } catch (InterruptedException e) {
                // Somebody interrupts whatever thread he finds: not a reason to end.
            } catch (Throwable broken) {
                Contained.report("events were not passed on", broken);
            }
        }
    }

    private void step() throws InterruptedException {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            System.err.println(line);
        }
        long held = notBeforeNanos - System.nanoTime();
        if (held <= 0) {
            backlog.take().run();
        } else {
            LockSupport.parkNanos(held);
            Thread.interrupted();
        }
    }

    private void refresh() {
        try {
            if (opened) {
                managed.refresh();
            }
        } catch (Exception | LinkageError broken) {
            Contained.report("patches are not shown in JMX", broken);
        }
    }

    private void send(JsonObject event) {
        if (!opened) {
            opened = true;
            add(channels, "System.Logger", EventRelay::logger);
            add(channels, "JFR", JfrEvents::open);
            add(channels, "JMX", Management::open);
        }
        channels.forEach(channel -> pass(channel, event));
    }

    private static void add(List<Consumer<JsonObject>> channels, String name, Opening opening) {
        try {
            channels.add(opening.open());
        } catch (Exception | LinkageError broken) {
            Contained.report("events are not passed on to " + name, broken);
        }
    }

    private static void pass(Consumer<JsonObject> channel, JsonObject event) {
        try {
            channel.accept(event);
        } catch (RuntimeException | Error broken) {
            Contained.report("an event was not passed on", broken);
        }
    }

    private static Consumer<JsonObject> logger() {
        System.Logger logger = System.getLogger("jlp");
        return event -> logger.log(System.Logger.Level.INFO, JsonWriter.string(event));
    }

    /** A channel may be missing in a trimmed runtime. */
    private interface Opening {
        Consumer<JsonObject> open() throws Exception;
    }
}
