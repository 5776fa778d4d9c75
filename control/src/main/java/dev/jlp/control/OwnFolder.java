package dev.jlp.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders of one user: what lies in them decides what code runs, so nobody else may write there. */
public final class OwnFolder {

    private static final FileAttribute<Set<PosixFilePermission>> OWNED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnFolder() {}

    /** State on disk, unless the key {@code state} says otherwise. */
    public static Path ofState() {
        return Path.of(System.getProperty("user.home", "/"), ".local", "state", "jlp");
    }

    /** Installed patches, unless the key {@code patches} says otherwise. */
    public static Path ofPatches(Path state) {
        return state.resolve("patches");
    }

    /**
     * Makes the folder if need be, for this user alone.
     *
     * @throws IOException if it can't be used safely, in one sentence
     */
    public static void prepare(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, OWNED);
        }
        PosixFileAttributes found =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()) {
            throw new IOException(
                    "'" + folder + "' is not a folder of its own but a link or a file");
        }
        checkWriters(folder, found);
        if (!Peers.own().equals(found.owner())) {
            throw belongsTo(folder, found);
        }
    }

    /**
     * Checks a folder, or a file in it, that is only read: root may have put it there.
     *
     * @throws IOException if others could have changed it, in one sentence
     */
    public static void check(Path path) throws IOException {
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
        if (found.isOther()) {
            throw new IOException("'" + path + "' is neither a folder nor a file");
        }
        checkWriters(path, found);
        if (!Peers.trusted(found.owner())) {
            throw belongsTo(path, found);
        }
    }

    private static void checkWriters(Path path, PosixFileAttributes found) throws IOException {
        if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("'" + path + "' may be written to by other users");
        }
    }

    private static IOException belongsTo(Path path, PosixFileAttributes found) {
        return new IOException(
                "'" + path + "' belongs to another user, '" + found.owner().getName() + "'");
    }
}
