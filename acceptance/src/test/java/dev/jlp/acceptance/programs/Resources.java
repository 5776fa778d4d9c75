package dev.jlp.acceptance.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the process has of the machine. */
final class Resources {

    private Resources() {}

    /** Threads, those aside that a pool lets go after a while, and open files. */
    static String now() throws IOException {
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .count();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return "threads=" + threads + " files=" + files.count();
        }
    }
}
