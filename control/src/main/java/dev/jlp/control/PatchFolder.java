package dev.jlp.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder of installed patches, {@code NAME.jlp} each. The file {@code order} has their names in the order in
 * which they were installed, and so in which agents load them; those that somebody put there by hand come after
 * them, by name.
 *
 * <p>Files come and go whole. Who changes something holds the lock of the file {@code lock}; who reads needs none.
 *
 * @param path of the folder
 */
public record PatchFolder(Path path) {

    /** More are not read. */
    public static final int PATCHES_MAX = 256;

    private static final String SUFFIX = ".jlp";

    /** The word of the key {@code patches} that means no folder at all. */
    private static final Path NONE = Path.of("none");

    /** Whether a value of the key {@code patches} says that there is no folder. */
    public static boolean isNone(Path chosen) {
        return chosen.equals(NONE);
    }

    /** What is done while nobody else changes the folder. */
    public interface Change<T> {
        T make() throws IOException, ControlProblem;
    }

    /** Carries out a change alone; makes the folder if need be. */
    public <T> T alone(Change<T> change) throws IOException, ControlProblem {
        OwnFolder.prepare(path);
        try (FileChannel channel = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            return change.make();
        }
    }

    /** The file of a patch, if it is installed. */
    public Optional<Path> find(String name) {
        boolean plain = !name.contains("/") && !name.isEmpty();
        return Optional.of(path)
                .filter(any -> plain)
                .map(folder -> folder.resolve(name + SUFFIX))
                .filter(Files::isRegularFile);
    }

    /**
     * Puts a patch in its place.
     *
     * @param last whether it is loaded after those that are there; else it keeps its place
     */
    public Path put(String name, byte[] artifact, boolean last) throws IOException {
        Path file = path.resolve(name + SUFFIX);
        replace(file, artifact);
        List<String> order = order();
        if (last || !order.contains(name)) {
            order.remove(name);
            order.add(name);
            writeOrder(order);
        }
        return file;
    }

    /** Takes a patch away; whether it was there. */
    public boolean remove(String name) throws IOException {
        Optional<Path> file = find(name);
        List<String> order = order();
        if (order.remove(name)) {
            writeOrder(order);
        }
        return file.isPresent() && Files.deleteIfExists(file.get());
    }

    /** The files in the order in which they are to be loaded; none if there is no folder. */
    public List<Path> files() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        TreeSet<String> found = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    found.add(name);
                }
            }
        }
        List<String> names = new ArrayList<>();
        for (String name : order()) {
            if (found.remove(name + SUFFIX)) {
                names.add(name + SUFFIX);
            }
        }
        names.addAll(found);
        return names.stream().map(path::resolve).toList();
    }

    private List<String> order() throws IOException {
        Path file = path.resolve("order");
        return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
    }

    private void writeOrder(List<String> order) throws IOException {
        StringBuilder text = new StringBuilder();
        order.forEach(name -> text.append(name).append('\n'));
        replace(path.resolve("order"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The whole content at once, or as it was; for nobody else to write, whatever the user's mask is. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-r--r--")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failed) {
            Files.deleteIfExists(part);
            throw failed;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
