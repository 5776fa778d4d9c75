package dev.jlp.engine;

import java.util.Locale;

/** The life of a transition. Every legal move is in {@link #mayBecome} and nowhere else. */
public enum Phase {
    /** Threads have a state; methods are not yet reachable. */
    ARMING,
    /** Threads settle, one by one. */
    SWITCHING,
    /** Every thread is in the goal's universe, or was forced there. */
    FINALISING,
    /** Over: completed, or cancelled since arming failed. */
    ENDED;

    boolean mayBecome(Phase next) {
        return switch (this) {
            case ARMING ->
                next == SWITCHING || next == ENDED; // ENDED: arming failed, nothing happened
            case SWITCHING -> next == FINALISING;
            case FINALISING -> next == ENDED;
            case ENDED -> false;
        };
    }

    /** As in status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
