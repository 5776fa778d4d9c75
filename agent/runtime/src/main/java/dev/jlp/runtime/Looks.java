package dev.jlp.runtime;

import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.engine.Look;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at other threads: their state and whole stack. A JVM that can stops one thread alone for it, by a
 * handshake; an older one stops all at a safepoint, so there several are read at once.
 */
final class Looks {

    /** From here on {@code Thread.getStackTrace} is a handshake. */
    private static final int HANDSHAKES = 21;

    /** Threads of the JVM itself that wait in the VM and call nothing but methods of the JDK. */
    private static final Set<String> SYSTEM = Set.of(
            "Signal Dispatcher",
            "Attach Listener",
            "JFR Recorder Thread",
            "Notification Thread",
            "DestroyJavaVM");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean cpuTime =
            threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
    private final int traceDepthMax = Jvm.traceDepthMax();

    /** Whether each look stops one thread alone. */
    boolean areAlone() {
        return Jvm.feature() >= HANDSHAKES;
    }

    /** Length at which a trace may be cut off without saying so. */
    int traceDepthMax() {
        return traceDepthMax;
    }

    /**
     * Looks at some threads; virtual ones only if {@link #areAlone}.
     *
     * @return in their order; null for a thread that has ended or not begun
     */
    List<@Nullable Look> at(List<Seen> batch) {
        if (!areAlone()) {
            return atSafepoint(batch);
        }
        List<@Nullable Look> looks = new ArrayList<>();
        for (Seen seen : batch) {
            looks.add(alone(seen));
        }
        return looks;
    }

    /**
     * First the state, then the trace: whoever was blocked before holds no method resolved before arming,
     * and what it resolved since is armed. {@code docs/concurrency.md}, section 2.
     */
    private @Nullable Look alone(Seen seen) {
        Thread thread = seen.thread();
        Thread.State state = ThreadFacts.state(thread);
        long before = cpuNanos(seen);
        StackTraceElement[] frames = ThreadFacts.trace(thread);
        long after = cpuNanos(seen);
        if (!isThere(state)) {
            return null;
        }
        if (frames.length >= traceDepthMax && !seen.virtual()) {
            return atSafepoint(List.of(seen)).get(0); // it has whole traces
        }
        return new Look(
                List.of(frames), state, before, after, seen.virtual(), isSystem(seen.thread()));
    }

    private List<@Nullable Look> atSafepoint(List<Seen> batch) {
        Thread[] some = batch.stream().map(Seen::thread).toArray(Thread[]::new);
        Thread.State[] states =
                Stream.of(some).map(ThreadFacts::state).toArray(Thread.State[]::new);
        long[] before = batch.stream().mapToLong(this::cpuNanos).toArray();
        List<StackTraceElement[]> traces = ThreadFacts.traces(some);
        long[] after = batch.stream().mapToLong(this::cpuNanos).toArray();
        List<@Nullable Look> looks = new ArrayList<>();
        for (int i = 0; i < some.length; i++) {
            looks.add(
                    isThere(states[i])
                            ? new Look(
                                    List.of(traces.get(i)),
                                    states[i],
                                    before[i],
                                    after[i],
                                    false,
                                    isSystem(some[i]))
                            : null);
        }
        return looks;
    }

    /** Whether it has begun and has not ended. */
    private static boolean isThere(Thread.State state) {
        return state != Thread.State.TERMINATED && state != Thread.State.NEW;
    }

    /** Whether the thread has certainly not run since before that look, so that another shows the same. */
    boolean wouldShowTheSame(Seen seen, Look earlier) {
        return earlier.cpuNanosBefore() >= 0 && cpuNanos(seen) == earlier.cpuNanosBefore();
    }

    /** Negative if it is not known. */
    private long cpuNanos(Seen seen) {
        return cpuTime && !seen.virtual() ? threads.getThreadCpuTime(seen.id()) : -1;
    }

    private static boolean isSystem(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return SYSTEM.contains(thread.getName())
                && thread.getClass() == Thread.class
                && group != null
                && (group.getName().equals("system") || thread.getName().equals("DestroyJavaVM"));
    }

    /**
     * A thread and the id that the JVM knows it by.
     *
     * @param thread the thread
     * @param id see {@code JlpThreadIds}
     * @param virtual whether it is a virtual one
     */
    record Seen(Thread thread, long id, boolean virtual) {

        static Seen of(Thread thread) {
            return new Seen(thread, JlpThreadIds.of(thread), VirtualThreads.isVirtual(thread));
        }
    }
}
