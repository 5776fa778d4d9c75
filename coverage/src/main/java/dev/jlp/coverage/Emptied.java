package dev.jlp.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders that shall begin empty. */
final class Emptied {

    private Emptied() {}

    /** Makes it, without what an earlier run left in it. */
    static void folder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> left;
            try (var all = Files.walk(folder)) {
                left = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : left) {
                Files.delete(each);
            }
        }
        Files.createDirectories(folder);
    }
}
