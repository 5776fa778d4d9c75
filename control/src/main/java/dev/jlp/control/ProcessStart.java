package dev.jlp.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** When a process began, exactly: with its number, what tells it from every other of this machine's run. */
public final class ProcessStart {

    /** Where it stands behind the program's name, which may hold spaces and brackets. */
    private static final int FIELD = 20;

    private ProcessStart() {}

    /** In ticks of the kernel since the machine was started. */
    public static long ticks(long pid) throws IOException {
        byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
        String text = new String(stat, StandardCharsets.ISO_8859_1);
        String[] fields = text.substring(text.lastIndexOf(')') + 1).split(" ", -1);
        if (fields.length <= FIELD) {
            throw new IOException("process " + pid + " does not say when it began");
        }
        return Long.parseLong(fields[FIELD]);
    }
}
