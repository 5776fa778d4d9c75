package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Passes events on to the program's own channels: the {@code System.Logger} named {@code jlp}, JFR and
 * JMX.
 *
 * <p>On a thread of its own, started at the first event: a logger is the application's code, may be slow,
 * and may even be what is being patched. Before the first patch nothing of it is initialised.
 */
final class EventRelay {

    private static final int BACKLOG_MAX = 10_000;

    /** Among the events, none of which is empty. */
    private static final JsonObject REFRESH = new JsonObject();

    /** A program sets its logging and JMX up within this time, or is content with what is there. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LinkedBlockingQueue<JsonObject> backlog = new LinkedBlockingQueue<>(BACKLOG_MAX);
    private final ManagedPatches managed;
    private boolean started;

    EventRelay(ManagedPatches managed) {
        this.managed = managed;
    }

    /** The beans of the patches are to be looked at again. Called as {@link #pass}. */
    void passRefresh() {
        if (started) {
            backlog.offer(REFRESH);
        }
    }

    private volatile long notBeforeNanos = System.nanoTime();

    /** Never blocks; with a full backlog the event stays in the log alone. Called under the log's lock. */
    void pass(JsonObject event) {
        if (!started) {
            started = true;
            Thread thread = new Thread(null, this::run, "jlp-events");
            thread.setDaemon(true);
            thread.start();
        }
        if (!backlog.offer(event)) {
            Contained.report(
                    "events come faster than they are taken",
                    new IllegalStateException("backlog full"));
        }
    }

    /** Called as {@link #pass}, before the first event. */
    void holdBack() {
        notBeforeNanos = System.nanoTime() + HELD_NANOS;
    }

    private void run() {
        while (notBeforeNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(notBeforeNanos - System.nanoTime());
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        List<Consumer<JsonObject>> channels = new ArrayList<>();
        add(channels, "System.Logger", EventRelay::logger);
        add(channels, "JFR", JfrEvents::open);
        add(channels, "JMX", Management::open);
        while (true) {
            try {
                JsonObject event = backlog.take();
                if (event.isEmpty()) {
                    refresh();
                    continue;
                }
                channels.forEach(channel -> pass(channel, event));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void refresh() {
        try {
            managed.refresh();
        } catch (Exception | LinkageError broken) {
            Contained.report("patches are not shown in JMX", broken);
        }
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
