package dev.jlp.bridge;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one thread knows of its own universe. Written by that thread alone, but for {@link #asked}.
 * At most one small object per thread that ever entered an armed method.
 */
public final class JlpThread {

    /** An unsettled thread spends at most one part in this many on walking its stack. */
    private static final int SHARE_OF_TIME = 10;

    /** Entries between two looks at the clock, but for the jitter; a power of two. */
    private static final int ENTRIES_BETWEEN = 64;

    /** Static, as thread locals are; its values die with their threads. */
    private static final ThreadLocal<@Nullable JlpThread> CURRENT = new ThreadLocal<>();

    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(
            StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private final Thread thread;
    private final long id;

    /**
     * The stamp under which the thread last settled; its goal bit is the thread's universe. Written
     * while the armed method's frame is on the stack, so a coordinator that reads an older value finds
     * the frame in a later look.
     */
    volatile long settled;

    /** The stamp for which the next entry must walk; written by {@link JlpTransition#ask}. */
    volatile long asked;

    /** The stamp under which it last had to stay in the universe that is not the goal's. */
    private long held;

    private int skip;
    private int jitter;
    private long walkAgainNanos;
    private boolean paced;
    private int registeredFor;
    private boolean walking;

    private JlpThread(Thread thread, long id) {
        this.thread = thread;
        this.id = id;
        this.jitter = (int) id | 1;
    }

    static @Nullable JlpThread currentOrNull() {
        return CURRENT.get();
    }

    /** The calling thread's own, made at its first entry. */
    static JlpThread current() {
        JlpThread known = CURRENT.get();
        if (known == null) {
            Thread thread = Thread.currentThread();
            known = new JlpThread(thread, JlpThreadIds.of(thread));
            CURRENT.set(known);
        }
        return known;
    }

    /** Whether the thread has not ended. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** The id by which the JVM knows the thread. */
    public long id() {
        return id;
    }

    /** Whether it has settled under this stamp. */
    public boolean hasSettled(long now) {
        return settled == now;
    }

    /** Its universe in the transition of a stamp, true for new: what it settled on, or old. */
    public boolean universe(long now) {
        long mine = settled;
        return (mine >>> 32) == (now >>> 32) && (mine & 1) != 0;
    }

    /**
     * Step 4 of the protocol, in short: it had to stay under this stamp, its back-off still runs and nobody has asked
     * it. Then it is in the universe that is not the goal's, since it alone could have settled.
     */
    boolean isHeld(long now) {
        return held == now && asked != now && --skip > 0;
    }

    /** Steps 3 to 5 of the protocol: settles if the stack allows it, and answers the universe. */
    boolean choose(JlpTransition transition, long now) {
        boolean universe = universe(now);
        if (walking) {
            return universe;
        }
        JlpThread first = registered(transition);
        if (first != this) {
            return first.choose(transition, now);
        }
        boolean goal = (now & 1) != 0;
        if (universe == goal) {
            settled = now;
            return goal;
        }
        if ((asked == now || !isTooEarly()) && stackIsClear(transition)) {
            settled = now;
            paced = false; // after a reversal its next entry may walk at once
            return goal;
        }
        paced = true;
        held = now;
        return universe;
    }

    /** The jitter keeps the pauses from falling in step with the nest of calls. */
    private boolean isTooEarly() {
        if (!paced) {
            return false;
        }
        if (--skip > 0) {
            return true;
        }
        jitter = jitter * 1_103_515_245 + 12_345;
        skip = ENTRIES_BETWEEN + ((jitter >>> 16) & (ENTRIES_BETWEEN - 1));
        return System.nanoTime() - walkAgainNanos < 0;
    }

    /**
     * This, known to the transition; or what the transition already knows the thread by, if somebody has
     * cleared the thread's locals since: that one has settled, or was asked, and goes on in its place.
     *
     * <p>Whatever is thrown in here, the next entry finds things as this one did.
     */
    private JlpThread registered(JlpTransition transition) {
        if (registeredFor == transition.id()) {
            return this;
        }
        JlpThread first;
        try {
            walking = true;
            first = transition.register(this);
            if (first != this) {
                CURRENT.set(first);
            }
        } finally {
            walking = false;
        }
        if (first == this) {
            registeredFor = transition.id();
            paced = false;
        }
        return first;
    }

    /** Walks the stack below the armed method. Throws what the walk throws; then nothing is settled. */
    private boolean stackIsClear(JlpTransition transition) {
        long start = System.nanoTime();
        try {
            walking = true;
            return walk(transition.ownStack);
        } catch (InternalError hidden) {
            throw shown(hidden);
        } finally {
            walking = false;
            long end = System.nanoTime();
            walkAgainNanos = end + (end - start) * SHARE_OF_TIME;
        }
    }

    static boolean walk(Function<Stream<StackWalker.StackFrame>, Boolean> stack) {
        return WALKER.walk(stack);
    }

    /** Some JDKs make the frames of a walk by reflection, which wraps a StackOverflowError met there. */
    private static Error shown(InternalError hidden) {
        return hidden.getCause() instanceof InvocationTargetException made
                        && made.getCause() instanceof Error met
                ? met
                : hidden;
    }
}
