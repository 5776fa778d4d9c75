package dev.jlp.bridge;

import jdk.internal.vm.annotation.DontInline;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLongArray;

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

    /** How transitions ended, a bit each: 1 if in the new universe. Written before {@link #stamp}. */
    private static volatile AtomicLongArray outcomes = new AtomicLongArray(16);

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
        if (thread != null && thread.settled == now) {
            return (now & 1) != 0;
        }
        JlpTransition transition = running;
        if (transition == null || transition.id() != id) {
            return outcome(id); // ended since the first line
        }
        return (thread != null ? thread : JlpThread.current()).choose(transition, now);
    }

    /** How an ended transition ended. */
    static boolean outcome(int id) {
        AtomicLongArray known = outcomes;
        int word = id >>> 6;
        return word < known.length() && (known.get(word) & (1L << (id & 63))) != 0;
    }

    /** Called by the one coordinator only. */
    static void setOutcome(int id, boolean isNew) {
        AtomicLongArray known = outcomes;
        int word = id >>> 6;
        if (word >= known.length()) {
            AtomicLongArray grown = new AtomicLongArray(word * 2);
            for (int i = 0; i < known.length(); i++) {
                grown.set(i, known.get(i));
            }
            known = grown;
        }
        long bit = 1L << (id & 63);
        known.set(word, isNew ? known.get(word) | bit : known.get(word) & ~bit);
        outcomes = known;
    }
}
