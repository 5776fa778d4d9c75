package dev.jlp.patch;

import java.util.Locale;

/** Which active patches a patch replaces when its transition completes. */
public enum Replace {
    /** Every active patch of the same replace set. */
    SET,
    /** Every active patch; the kernel's {@code replace = true}. */
    ALL,
    /** None; the kernel's {@code replace = false}. */
    NONE;

    /** The word used in artifacts and commands: {@code set}, {@code all}, {@code none}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
