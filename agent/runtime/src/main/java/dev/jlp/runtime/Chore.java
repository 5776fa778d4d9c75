package dev.jlp.runtime;

/** Something the worker does unasked, at its time. Used by the worker only. */
interface Chore {

    /** Longer than any wait, and short enough to be added to a moment. */
    long NEVER_NANOS = Long.MAX_VALUE / 2;

    /** Time until it is due. */
    long nanosUntilDue(long nowNanos);

    /** Does it, if it is due; whether it has begun an operation. */
    boolean runIfDue(long nowNanos);
}
