package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Arguments on their way to a constructor that a class got by a patch. Called by code that {@code jlp build} makes:
 * {@link #begin} by the caller, then at once the constructor that does the work, which calls {@link #take} first,
 * then {@link #end}. All three by one thread, so the arguments wait in a local of the thread.
 */
public final class Construction {

    @SuppressWarnings(
            "ThreadLocalUsage") // one for each class that gets constructors, as long as that class
    private final ThreadLocal<Object @Nullable []> waiting = new ThreadLocal<>();

    /** How many threads have arguments waiting; keeps {@link #take} cheap for everybody else. */
    private final AtomicInteger begun = new AtomicInteger();

    /** With nothing waiting. */
    public Construction() {}

    /**
     * Leaves arguments for the constructor that this thread calls next.
     *
     * @param which of the added constructors is meant
     */
    public void begin(int which, Object[] arguments) {
        Object[] message = new Object[arguments.length + 1];
        message[0] = Integer.valueOf(which);
        System.arraycopy(arguments, 0, message, 1, arguments.length);
        waiting.set(message);
        begun.incrementAndGet();
    }

    /** What this thread left, behind the number of the constructor that is meant; null if it left nothing. */
    public Object @Nullable [] take() {
        return begun.get() == 0 ? null : takeOwn();
    }

    private Object @Nullable [] takeOwn() {
        Object @Nullable [] message = waiting.get();
        if (message != null) {
            waiting.remove();
            begun.decrementAndGet();
        }
        return message;
    }

    /** Whether a message is for this constructor. */
    public static boolean isFor(Object[] message, int which) {
        return ((Integer) message[0]).intValue() == which;
    }

    /**
     * To be called when the constructor has returned.
     *
     * @throws IllegalStateException if nobody took the arguments: the patch is not in force any more
     */
    public void end() {
        if (begun.get() != 0 && takeOwn() != null) {
            throw new IllegalStateException(
                    "a constructor that a live patch brought was called after the patch had gone");
        }
    }
}
