package dev.jlp.engine;

import java.util.Locale;

/** The life of a patch in one JVM. Every legal move is in {@link #mayBecome} and nowhere else. */
public enum Life {
    ENABLING,
    ENABLED,
    DISABLING,
    /** Listed until unloaded; never enabled again. */
    DISABLED,
    /** As disabled, since a newer patch of its set took its place. */
    REPLACED;

    boolean mayBecome(Life next) {
        return switch (this) {
            case ENABLING -> next == ENABLED || next == DISABLED; // DISABLED: reversed half-way
            case ENABLED -> next == DISABLING || next == REPLACED;
            case DISABLING -> next == DISABLED || next == ENABLED; // ENABLED: reversed half-way
            case DISABLED, REPLACED -> false;
        };
    }

    /** On the list of active patches: its methods count. */
    public boolean isActive() {
        return this == ENABLING || this == ENABLED || this == DISABLING;
    }

    /** As in status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
