package dev.jlp.bridge;

import jdk.internal.vm.annotation.DontInline;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Chooses a method body for the calling thread: the kernel's {@code klp_ftrace_handler}.
 *
 * <p>The protocol, its memory order and why there are no counters: {@code docs/concurrency.md}.
 */
public final class JlpDispatch {

    /**
     * The running transition, {@code [id:32][epoch:31][goal:1]}; 0 when none runs. Written by {@link
     * JlpTransition} only. Static because woven code has nothing else to start from.
     */
    static volatile long stamp;

    /** The affected methods of the running transition; written before {@link #stamp}. */
    static volatile @Nullable JlpTransition running;

    /**
     * How transitions ended, a bit each: 1 if in the new universe. Written before {@link #stamp}. What is in
     * the array never changes, so a plain array will do: one of {@code java.util.concurrent} is read through
     * a VarHandle, which the JVM links by running methods of the JDK that may be armed themselves.
     */
    private static volatile long[] outcomes = new long[16];

    private JlpDispatch() {}

    /**
     * Answers whether the calling thread takes the new body of the armed method it has just entered.
     *
     * <p>Never inlined: the read of {@link #stamp} must not move above a safepoint poll of the caller,
     * since the coordinator's look at that poll relies on it ({@code JlpTransition.ask}).
     *
     * @param id the transition the calling body was woven for
     */
    @DontInline
    public static boolean enter(int id) {
        long now = stamp;
        if ((int) (now >>> 32) != id) {
            return outcome(id);
        }
        JlpThread thread = JlpThread.currentOrNull();
        if (thread != null) {
            if (thread.settled == now) {
                return (now & 1) != 0;
            }
            if (thread.isHeld(now)) {
                return (now & 1) == 0;
            }
        }
        JlpTransition transition = running;
        if (transition == null || transition.id() != id) {
            return outcome(id); // ended since the first line
        }
        return (thread != null ? thread : JlpThread.current()).choose(transition, now);
    }

    /** How an ended transition ended. */
    static boolean outcome(int id) {
        long[] known = outcomes;
        int word = id >>> 6;
        return word < known.length && (known[word] & (1L << (id & 63))) != 0;
    }

    /** Called by the one coordinator only. */
    static void setOutcome(int id, boolean isNew) {
        long[] known = outcomes;
        int word = id >>> 6;
        long[] next = Arrays.copyOf(known, Math.max(known.length, word + 1));
        long bit = 1L << (id & 63);
        next[word] = isNew ? next[word] | bit : next[word] & ~bit;
        outcomes = next;
    }
}
