package dev.jlp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Progress on standard error: one live line on a terminal, else a line at each change. */
final class ProgressLine {

    private static final String BACK_TO_START = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean silent;
    private String last = "";

    ProgressLine(PrintWriter err, boolean terminal, boolean silent) {
        this.err = err;
        this.terminal = terminal;
        this.silent = silent;
    }

    void show(String what, double seconds) {
        if (silent || (!terminal && what.equals(last))) {
            return;
        }
        last = what;
        String line = String.format(Locale.ROOT, "%.1f s: %s", seconds, what);
        err.print(terminal ? BACK_TO_START + line : line + System.lineSeparator());
        err.flush();
    }

    /** Leaves nothing of the live line. */
    void end() {
        if (terminal && !silent && !last.isEmpty()) {
            err.print(BACK_TO_START);
            err.flush();
        }
    }

    /** Whether a file descriptor of this process is a terminal. */
    static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException unknown) {
            return false;
        }
    }
}
