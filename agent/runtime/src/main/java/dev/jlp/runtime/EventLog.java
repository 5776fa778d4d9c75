package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happened, in the order in which it happened: the kernel log's lines of a livepatch, as JSON. The
 * last {@value #KEPT} are kept.
 *
 * <p>Transformers report from application threads, which hand their events over and go on: they take no
 * lock here and never meet a disk or a console. The worker and the readers do the rest.
 */
final class EventLog {

    private static final int KEPT = 4_000;

    /** More is only logged before the worker has come to it if somebody displaces bodies in a loop. */
    private static final int FRESH_MAX = 10_000;

    private final ConcurrentLinkedQueue<Fresh> fresh = new ConcurrentLinkedQueue<>();
    private final AtomicInteger freshCount = new AtomicInteger();
    private final Runnable wake;
    private final Optional<Path> file;
    private final ArrayDeque<Line> kept = new ArrayDeque<>();
    private final EventRelay relay;
    private long seq;
    private boolean fileBroken;

    /**
     * An empty log.
     *
     * @param file where lines are appended, if anywhere
     * @param managed says when its beans are to be looked at again
     * @param wake makes the worker call {@link #take}; must not block
     */
    EventLog(Optional<Path> file, ManagedPatches managed, Runnable wake) {
        this.file = file;
        this.wake = wake;
        relay = new EventRelay(managed);
        managed.onChange(this::passRefresh);
    }

    private synchronized void passRefresh() {
        relay.passRefresh();
    }

    /** An event about a patch; {@code extra} holds pairs of key and value. Called by any thread. */
    void log(String event, String patch, String version, Object... extra) {
        if (freshCount.incrementAndGet() > FRESH_MAX) {
            freshCount.decrementAndGet();
            Contained.report(
                    "events come faster than they are taken",
                    new IllegalStateException("backlog full"));
            return;
        }
        fresh.add(new Fresh(Instant.now(), event, patch, version, List.of(extra)));
        wake.run();
    }

    /** Numbers, keeps and passes on what was logged. Not for application threads: it takes its time. */
    synchronized void take() {
        for (Fresh next = fresh.poll(); next != null; next = fresh.poll()) {
            freshCount.decrementAndGet();
            keep(next.numbered(++seq));
        }
        for (String fault = Contained.toPrint(); fault != null; fault = Contained.toPrint()) {
            relay.print(fault);
        }
        relay.goOn();
    }

    private void keep(JsonObject line) {
        String text = JsonWriter.string(line);
        kept.add(new Line(seq, text));
        if (kept.size() > KEPT) {
            kept.remove();
        }
        append(text);
        relay.pass(line);
        notifyAll();
    }

    /** There is no program yet: its logging is not to be initialised by what happens now. */
    synchronized void beforeMain() {
        relay.holdBack();
    }

    /** All kept events after this number. */
    synchronized List<JsonObject> after(long number) {
        take();
        List<JsonObject> found = new ArrayList<>();
        for (Line line : kept) {
            if (line.seq > number) {
                found.add(line.parsed());
            }
        }
        return found;
    }

    /** As {@link #after}, but waits up to a second for the first one. */
    synchronized List<JsonObject> awaitAfter(long number) throws InterruptedException {
        long end = System.nanoTime() + 1_000_000_000;
        List<JsonObject> found = after(number);
        while (found.isEmpty() && System.nanoTime() < end) {
            wait(100);
            found = after(number);
        }
        return found;
    }

    JsonArray all() {
        return new JsonArray(after(0));
    }

    /** A full or vanished disk costs the file, not the operation; it is said once. */
    private void append(String line) {
        if (file.isEmpty() || fileBroken) {
            return;
        }
        try {
            byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file.get(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            fileBroken = true;
            Contained.report("events are no longer written to '" + file.get() + "'", e);
        }
    }

    /** An event as it was handed over. */
    private record Fresh(
            Instant time, String event, String patch, String version, List<Object> extra) {

        JsonObject numbered(long seq) {
            JsonObject line = new JsonObject();
            line.put("seq", seq);
            line.put("time", time.toString());
            line.put("event", event);
            line.put("patch", patch);
            line.put("version", version);
            for (int i = 0; i + 1 < extra.size(); i += 2) {
                line.put((String) extra.get(i), extra.get(i + 1));
            }
            return line;
        }
    }

    /** An event as it is kept for long: a tenth of the object's memory. */
    private record Line(long seq, String json) {

        JsonObject parsed() {
            try {
                return JsonParser.object().from(json);
            } catch (JsonParserException impossible) {
                throw new IllegalStateException("written by us", impossible);
            }
        }
    }
}
