package dev.jlp.acceptance.programs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

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

    private static Gate named(String name) {
        Gate gate = GATES.get(name);
        return gate != null ? gate : GATES.computeIfAbsent(name, unused -> new Gate());
    }
}
