package dev.jlp.engine;

import java.util.Locale;

/** The end state of a transition: the kernel's target state. */
public enum Goal {
    PATCHED,
    UNPATCHED;

    /** As in events and status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
