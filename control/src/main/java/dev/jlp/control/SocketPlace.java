package dev.jlp.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the control socket of a JVM is, and that nobody else can have put it there. */
public final class SocketPlace {

    /** Linux takes 107 bytes and a zero; other systems less. */
    private static final int PATH_BYTES_MAX = 100;

    private SocketPlace() {}

    /** The default folder for agents of a process's user. */
    public static Path folder(long pid) throws IOException {
        return Path.of("/tmp", "jlp-" + uid(pid));
    }

    /** The default folder for the agent of this JVM. */
    public static Path folder() throws IOException {
        return folder(ProcessHandle.current().pid());
    }

    /** The socket of a JVM whose agent uses the default folder. */
    public static Path socket(long pid) throws IOException {
        return socket(folder(pid), pid);
    }

    /** The socket of a JVM within its agent's folder. */
    public static Path socket(Path folder, long pid) {
        return folder.resolve(pid + ".sock");
    }

    /** The number of the user that a process belongs to. */
    public static int uid(long pid) throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid");
    }

    /**
     * Makes the folder if need be. It must be the process's own and nobody else may write to it.
     *
     * @throws IOException if sockets can't be kept there safely, in one sentence
     */
    static void prepare(Path folder, Path socket) throws IOException {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > PATH_BYTES_MAX) {
            throw new IOException("the path '" + socket + "' is too long for a socket: " + length
                    + " bytes, at most " + PATH_BYTES_MAX
                    + "; choose a shorter folder with the agent's option 'control'");
        }
        OwnFolder.prepare(folder);
    }
}
