package dev.jlp.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Temporary folders of one run of the tests; gone when the run ends. */
final class Workplace {

    private static final Path ROOT = root();

    private Workplace() {}

    static Path fresh() {
        try {
            return Files.createTempDirectory(ROOT, "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path root() {
        try {
            // Short, since a Unix socket's path has room for 107 bytes.
            Path root = Files.createTempDirectory("jlpa");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (var tree = Files.walk(folder)) {
            tree.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.err.println("left behind: " + folder);
        }
    }
}
