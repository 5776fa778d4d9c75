package dev.jlp.runtime;

import dev.jlp.bridge.BridgeState;
import dev.jlp.bridge.JlpThread;

import org.jspecify.annotations.Nullable;

/** What the bridge's code asks of the JVM, answered by the small world. Called by instrumented code. */
public final class EntryBridge {

    private static final ThreadLocal<Long> PREFETCHED = new ThreadLocal<>();

    /** Whether the mistake is in it that {@link #prefetched} stands for. */
    private static boolean prefetches;

    private EntryBridge() {}

    /** Called once by the loader's user. */
    public static void prefetchStamps() {
        prefetches = true;
    }

    static void prefetch() {
        if (prefetches) {
            Schedule.point("reads the stamp above a poll");
            PREFETCHED.set(BridgeState.stamp());
            Schedule.observed(BridgeState.stamp());
            Schedule.point("is at the poll");
        }
    }

    /** The stamp as it was before the caller's last poll: what a compiler would do that inlines the entry. */
    public static long prefetched() {
        return PREFETCHED.get();
    }

    /** For {@code ThreadLocal.get} in {@link JlpThread}. */
    public static @Nullable Object get(ThreadLocal<?> unused) {
        return EntryJvm.current.of(Thread.currentThread()).local;
    }

    /** For {@code ThreadLocal.set} in {@link JlpThread}. */
    public static void set(ThreadLocal<?> unused, Object value) {
        EntryJvm.current.of(Thread.currentThread()).local = value;
    }

    /** For {@code JlpThreadIds.of}: a thread that is none of the world's was just made, and has a new number. */
    public static long number(Thread thread) {
        if (EntryJvm.current.isOurs(thread)) {
            return EntryJvm.current.of(thread).number();
        }
        Schedule.point("draws a number");
        long number = EntryJvm.current.draw();
        Schedule.observed(number);
        return number;
    }

    /** For {@code JlpThread.isAlive}. */
    public static boolean isAlive(JlpThread thread) {
        return EntryJvm.current.people().stream()
                .anyMatch(person -> person.number() == thread.id() && person.isAlive());
    }

    /** For {@code System.nanoTime} in {@link JlpThread}: the back-off is over, or is not. */
    public static long nanoTime() {
        return Schedule.either("is the back-off over") ? 1 : -1;
    }

    static PlatformThreads platform() {
        try {
            return new PlatformThreads();
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static VirtualThreads virtual() {
        try {
            return VirtualThreads.find();
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
