package dev.jlp.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a look says about a thread. Kernel counterpart: the answers of {@code klp_check_stack}.
 *
 * @param kind the answer
 * @param frame the affected frame, for {@link Kind#ON_STACK}
 * @param why the reason in words, for anything but {@link Kind#CLEAR}
 */
public record Finding(Kind kind, @Nullable StackTraceElement frame, String why) {

    /** The kernel's 0, EADDRINUSE and EINVAL. */
    public enum Kind {
        /** It will settle at its next entry, for certain. */
        CLEAR,
        /** A method of the transition is on its stack. */
        ON_STACK,
        /** Nothing found, but the trace proves nothing. Try later. */
        UNSURE
    }

    static Finding clear() {
        return new Finding(Kind.CLEAR, null, "");
    }

    static Finding onStack(StackTraceElement frame) {
        return new Finding(
                Kind.ON_STACK,
                frame,
                "'" + frame.getClassName() + "." + frame.getMethodName() + "' is on its stack");
    }

    static Finding unsure(String why) {
        return new Finding(Kind.UNSURE, null, why);
    }
}
