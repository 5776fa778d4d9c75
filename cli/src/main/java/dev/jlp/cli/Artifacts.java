package dev.jlp.cli;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads artifacts from disk, so that a bad one never gets near a JVM. */
final class Artifacts {

    /** The largest attachment of a request. */
    private static final long BYTES_MAX = 256L << 20;

    private Artifacts() {}

    /** The bytes of a file that holds a whole patch. */
    static byte[] read(String file) throws ControlProblem {
        try {
            if (Files.size(Path.of(file)) > BYTES_MAX) {
                throw new ControlProblem(
                        ErrorCode.EBADMSG,
                        "'" + file + "' is larger than a patch may be, " + (BYTES_MAX >> 20)
                                + " MiB");
            }
            byte[] artifact = Files.readAllBytes(Path.of(file));
            PatchFile.read(artifact);
            return artifact;
        } catch (PatchFileProblem bad) {
            throw new ControlProblem(
                    ErrorCode.EBADMSG, "'" + file + "' is not a patch: " + bad.getMessage());
        } catch (IOException unreadable) {
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "'" + file + "' can't be read: " + Failures.sentence(unreadable));
        }
    }
}
