package dev.jlp.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent leaves behind that could not start: a small file beside where its socket would be, so that
 * {@code jlp ps} can say why without attaching.
 *
 * <p>The first line is when the process began, so that a file left by an earlier process of the same number
 * says nothing about this one. The rest is a sentence.
 */
public final class FailedStart {

    private static final int BYTES_MAX = 4_096;
    private static final Set<PosixFilePermission> FOR_US_ALONE =
            PosixFilePermissions.fromString("rw-------");

    private FailedStart() {}

    /**
     * Says what is wrong with the agent of this JVM; the file goes with the JVM.
     *
     * @param sentence for people
     * @throws IOException if no file can be kept safely in the default folder
     */
    public static void leave(String sentence) throws IOException {
        long pid = ProcessHandle.current().pid();
        Path file = file(SocketPlace.socket(pid));
        OwnFolder.prepare(file.resolveSibling(""));
        String text = ProcessStart.ticks(pid) + "\n" + sentence;
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        bytes.limit(Math.min(bytes.limit(), BYTES_MAX));
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        Path unfinished = file.resolveSibling(pid + ".failed.new");
        Files.deleteIfExists(unfinished); // of an earlier process of this number
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(FOR_US_ALONE));
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        file.toFile().deleteOnExit();
    }

    /**
     * What is wrong with the agent of a process, if it left word.
     *
     * @param pid the process
     * @param socket where its agent would listen
     */
    public static Optional<String> of(long pid, Path socket) {
        Path file = file(socket);
        try {
            PosixFileAttributes found = Files.readAttributes(
                    file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() || found.size() > BYTES_MAX) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String begun = ProcessStart.ticks(pid) + "\n";
            return text.startsWith(begun)
                    ? Optional.of(text.substring(begun.length()))
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Path file(Path socket) {
        String name = String.valueOf(socket.getFileName());
        return socket.resolveSibling(name.replaceAll("\\.sock$", ".failed"));
    }
}
