package dev.jlp.acceptance.programs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Where the library's method {@code held} waits, so that a transition can't complete before it is told. */
public final class Hold {

    private static final AtomicInteger INSIDE = new AtomicInteger();
    private static volatile boolean held;

    private Hold() {}

    /** Called by the body that is to be held. */
    public static void pass() {
        INSIDE.incrementAndGet();
        while (held) {
            LockSupport.parkNanos(1_000_000);
        }
        INSIDE.decrementAndGet();
    }

    static void begin() {
        held = true;
    }

    static void awaitArrival() {
        while (INSIDE.get() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    static String release() {
        held = false;
        while (INSIDE.get() != 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return "released";
    }
}
