package dev.jlp.coverage.exercise;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** ResultFile in a file: a call's number and a text on each line. */
public final class ResultFile implements AutoCloseable {

    /** The call was not over in time. */
    public static final String LATE = "not over in time";

    /** What begins the text of a call that threw. */
    public static final String THROWN = "throws ";

    /** What begins the text of a call that was not made, since what it works on could not be. */
    public static final String UNREACHED = "not called, ";

    private final BufferedWriter out;

    ResultFile(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    /** A line is on disk before the next call may end the JVM. */
    void add(int call, String text) throws IOException {
        out.write(call + "\t" + text.replace('\n', ' ').replace('\r', ' ') + "\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** What was written, in its order. */
    public static Map<Integer, String> read(Path file) throws IOException {
        Map<Integer, String> results = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            results.put(Integer.valueOf(line.substring(0, tab)), line.substring(tab + 1));
        }
        return results;
    }
}
