package dev.jlp.benchmarks.program;

import java.lang.management.ManagementFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

import javax.management.JMException;
import javax.management.ObjectName;

/** A worker in many compiled methods, of classes {@code hotcode.H0} and so on, and a record of its pace. */
final class HotCode {

    private static final long SAMPLE_NANOS = 50_000_000;
    private static final AtomicLong ROUNDS = new AtomicLong();
    private static final Queue<String> SAMPLES = new ConcurrentLinkedQueue<>();

    private HotCode() {}

    static String start(int classes) throws ReflectiveOperationException {
        IntUnaryOperator[] all = new IntUnaryOperator[classes];
        for (int i = 0; i < classes; i++) {
            all[i] = Class.forName("hotcode.H" + i)
                    .asSubclass(IntUnaryOperator.class)
                    .getDeclaredConstructor()
                    .newInstance();
        }
        Threads.startPlatform(() -> work(all));
        Threads.startPlatform(HotCode::sample);
        return Integer.toString(classes);
    }

    /** Nanoseconds and rounds of each sample so far. */
    static String samples() {
        return String.join(",", SAMPLES);
    }

    /** Compiled methods that are in use. */
    static String compiled() {
        try {
            String list = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerCodelist",
                            new Object[0],
                            new String[0]);
            // Number, level, state; state 0 is in use.
            return Long.toString(
                    list.lines().filter(line -> line.matches("\\d+ \\d 0 .*")).count());
        } catch (JMException missing) {
            throw new IllegalStateException("the JVM gives no list of its code", missing);
        }
    }

    private static void work(IntUnaryOperator[] all) {
        int sum = 0;
        while (true) {
            for (IntUnaryOperator each : all) {
                sum = each.applyAsInt(sum);
            }
            Threads.sink = sum;
            ROUNDS.lazySet(ROUNDS.get() + 1);
        }
    }

    private static void sample() {
        while (true) {
            LockSupport.parkNanos(SAMPLE_NANOS);
            SAMPLES.add(System.nanoTime() + ":" + ROUNDS.get());
        }
    }
}
