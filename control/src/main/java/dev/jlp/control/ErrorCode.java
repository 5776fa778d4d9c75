package dev.jlp.control;

/** Why an operation was refused or failed: the kernel's name and the exit code of the command. */
public enum ErrorCode {
    /** Failed otherwise: I/O, internal. */
    EIO(1),
    /** The request itself is wrong. */
    EUSAGE(2),
    /** No such JVM, not attachable, not supported, or its agent does not know the command. */
    ESRCH(3),
    /** Verdict: mismatch, unlinkable, intrinsic; or no target. */
    ENOENT(4),
    /** Conflict, state, downgrade, dropped fixes, or not in a state for this operation. */
    EINVAL(5),
    /** The name is taken by another patch. */
    EEXIST(5),
    /** Another transition runs. */
    EBUSY(6),
    /** Signature, trust, permission. */
    EPERM(7),
    /** Time ran out; the message says in which state it ended. */
    ETIMEDOUT(8),
    /** Vetoed by a callback, or it overran. */
    ECANCELED(9),
    /** Bad artifact. */
    EBADMSG(11);

    private final int exit;

    ErrorCode(int exit) {
        this.exit = exit;
    }

    /** The exit code of the command. */
    public int exit() {
        return exit;
    }
}
