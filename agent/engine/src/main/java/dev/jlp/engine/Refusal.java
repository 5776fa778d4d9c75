package dev.jlp.engine;

import java.util.List;

/**
 * An operation that is not done, and why. An answer, not an exception.
 *
 * @param code the kernel's name for it
 * @param message one sentence for people: what, where, what to do
 * @param names what is shared, dropped or missing, for programs
 */
public record Refusal(Code code, String message, List<String> names) {

    /** Names as in the table of results; those of the wire have the same. */
    public enum Code {
        ENOENT,
        EINVAL,
        EEXIST,
        EBUSY
    }

    static Refusal of(Code code, String message) {
        return new Refusal(code, message, List.of());
    }
}
