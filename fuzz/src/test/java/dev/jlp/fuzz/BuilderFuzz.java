package dev.jlp.fuzz;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.PatchFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fixed releases with a damaged class file: a patch, refusals, or a sentence. */
public final class BuilderFuzz {

    private static final Path FOLDER = folder();

    private BuilderFuzz() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] classFile) {
        Map<String, byte[]> fixed = new TreeMap<>(Seeds.releaseAfter());
        fixed.put(Seeds.CHANGED, classFile);
        Path before = Seeds.jar(FOLDER.resolve("lib-1.jar"), Seeds.releaseBefore());
        Path after = Seeds.jar(FOLDER.resolve("lib-2.jar"), fixed);
        try {
            PatchBuilder.build(
                            List.of(new ReleasePair(before.toString(), after.toString())),
                            BuildOptions.named("fix", "1"))
                    .patch()
                    .ifPresent(PatchFile::write);
        } catch (BuildProblem refused) {
            Sentences.require(refused.getMessage());
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("jlp-fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
