package dev.jlp.fuzz;

import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import java.util.Arrays;

/** Whole artifacts: read, or refused with a sentence. */
public final class ArtifactFuzz {

    private ArtifactFuzz() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] artifact) {
        try {
            Patch patch = PatchFile.read(artifact);
            byte[] written = PatchFile.write(patch);
            if (!Arrays.equals(written, PatchFile.write(PatchFile.read(written)))) {
                throw new AssertionError("what was read is written in two ways");
            }
        } catch (PatchFileProblem refused) {
            Sentences.require(refused.getMessage());
        }
    }
}
