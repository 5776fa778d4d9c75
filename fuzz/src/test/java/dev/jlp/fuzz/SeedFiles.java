package dev.jlp.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the sound inputs of a target into a folder, where Jazzer begins. */
final class SeedFiles {

    private SeedFiles() {}

    /** Arguments: target, folder. */
    public static void main(String[] arguments) throws IOException {
        Fuzzed fuzzed = Fuzzed.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        List<byte[]> seeds = fuzzed.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(Path.of(arguments[1], "seed-" + i), seeds.get(i));
        }
    }
}
