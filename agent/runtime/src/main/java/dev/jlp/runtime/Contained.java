package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Faults of ours: they stay here, are printed once, and are shown by {@code status}. Reported by any
 * thread, an application's too, so without a lock; printed by those who may wait.
 */
final class Contained {

    private static final int KEPT = 32;

    /** Static, as the next: a fault may be found before there is an agent to hold it. */
    private static final AtomicReference<List<String>> FAULTS = new AtomicReference<>(List.of());

    private static final ConcurrentLinkedQueue<String> UNPRINTED = new ConcurrentLinkedQueue<>();

    private Contained() {}

    /** Where that fails too, for want of memory or by the text of the cause, whoever reports a fault goes on. */
    static void report(String what, Throwable cause) {
        try {
            say(what + ": " + cause);
        } catch (Throwable again) {
            // There is nobody else to tell.
        }
    }

    /** As {@link #report}, for what has no cause of its own. */
    static void say(String line) {
        List<String> before = FAULTS.getAndUpdate(known -> with(known, line));
        if (isNew(before, line)) {
            UNPRINTED.add("jlp: " + line);
        }
    }

    /** The next line for standard error, once; null if there is none. */
    static @Nullable String toPrint() {
        return UNPRINTED.poll();
    }

    static List<String> faults() {
        return FAULTS.updateAndGet(known -> known);
    }

    private static List<String> with(List<String> known, String line) {
        return isNew(known, line)
                ? Stream.concat(known.stream(), Stream.of(line)).toList()
                : known;
    }

    private static boolean isNew(List<String> known, String line) {
        return known.size() < KEPT && !known.contains(line);
    }
}
