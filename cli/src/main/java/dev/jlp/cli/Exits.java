package dev.jlp.cli;

import dev.jlp.control.ErrorCode;

/** Exit codes by the kernel's names. */
final class Exits {

    private Exits() {}

    /** A code of a newer agent counts as a failure otherwise. */
    static int of(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code.exit();
            }
        }
        return ErrorCode.EIO.exit();
    }
}
