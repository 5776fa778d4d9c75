package dev.jlp.engine;

import java.util.Locale;

/** What a transition was started for. */
public enum Operation {
    LOAD,
    DISABLE;

    /** Towards which state a transition of this operation goes while it is not reversed. */
    public Goal goal(boolean reversed) {
        return (this == LOAD) == reversed ? Goal.UNPATCHED : Goal.PATCHED;
    }

    /** As in commands and status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
