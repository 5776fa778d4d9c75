package dev.jlp.cli;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Artifacts on disk: a bad one never gets near a JVM, and there never is half of one. */
final class Artifacts {

    /** The largest attachment of a request. */
    private static final long BYTES_MAX = 256L << 20;

    private Artifacts() {}

    /** The bytes of a file that holds a whole patch. */
    static byte[] read(String file) throws ControlProblem {
        byte[] artifact = bytes(file);
        parse(file, artifact);
        return artifact;
    }

    static byte[] bytes(String file) throws ControlProblem {
        try {
            if (Files.size(Path.of(file)) > BYTES_MAX) {
                throw new ControlProblem(
                        ErrorCode.EBADMSG,
                        "'" + file + "' is larger than a patch may be, " + (BYTES_MAX >> 20)
                                + " MiB");
            }
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw new ControlProblem(
                    ErrorCode.EIO, "'" + file + "' can't be read: " + reason(unreadable));
        }
    }

    static Patch parse(String file, byte[] artifact) throws ControlProblem {
        try {
            return PatchFile.read(artifact);
        } catch (PatchFileProblem bad) {
            throw new ControlProblem(
                    ErrorCode.EBADMSG, "'" + file + "' is not a patch: " + bad.getMessage());
        }
    }

    /** Puts the whole artifact in its place at once, or leaves everything as it was. */
    static void write(Path file, byte[] artifact) throws ControlProblem {
        Path whole = file.toAbsolutePath();
        Path part =
                whole.resolveSibling("." + whole.getFileName() + "." + JvmProcess.self() + ".part");
        try {
            if (Files.isDirectory(whole)) {
                throw new IOException("it is a folder");
            }
            part.toFile().deleteOnExit();
            try (FileChannel channel = FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(artifact);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            delete(part);
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "'" + file + "' can't be written: " + reason(failed)
                            + "; nothing is left of it");
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stuck) {
            // It goes when this JVM ends, if it can.
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof IOException io
                ? Failures.sentence(io)
                : String.valueOf(failure.getMessage());
    }
}
