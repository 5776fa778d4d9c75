package dev.jlp.acceptance.programs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Named gates at which threads wait until the test opens them. */
public final class Gate {

    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger arrived = new AtomicInteger();

    private Gate() {}

    /** Waits at the gate; called from inside the bodies under test. */
    public static void pass(String name) {
        Gate gate = named(name);
        gate.arrived.incrementAndGet();
        try {
            gate.opened.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public static boolean isOpen(String name) {
        return named(name).opened.getCount() == 0;
    }

    /** Says that a thread is there without holding it up. */
    public static void touch(String name) {
        named(name).arrived.incrementAndGet();
    }

    static String open(String name) {
        named(name).opened.countDown();
        return "opened";
    }

    static int arrived(String name) {
        return named(name).arrived.get();
    }

    static String awaitArrival(String name, int count) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (arrived(name) < count) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(arrived(name) + " of " + count + " at '" + name + "'");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return "arrived";
    }

    private static Gate named(String name) {
        Gate gate = GATES.get(name);
        return gate != null ? gate : GATES.computeIfAbsent(name, unused -> new Gate());
    }
}
