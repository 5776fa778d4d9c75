package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;

import dev.jlp.control.OwnFolder;
import dev.jlp.control.ProcessStart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The state directory on disk, in format {@value #FORMAT}:
 *
 * <pre>
 * format                  the number of the format
 * lock                    held by whoever makes folders of JVMs or looks for dead ones
 * jvms/START-PID/lock     held by that JVM as long as it lives
 * jvms/START-PID/loaded   what it loaded, as JSON
 * held/DIGEST             a patch that is held back, as JSON
 * </pre>
 *
 * <p>That a JVM lives is what its lock says, not its number: numbers are used again, and in a container they are
 * others. Used by the thread that starts the agent; {@link #leave} by any.
 */
final class JvmFolders {

    private static final String FORMAT = "1";
    private static final int FOLDERS_MAX = 1_000;
    private static final int BYTES_MAX = 1 << 20;
    private static final long LOCK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path state;
    private final Duration time;
    private final Path mine;
    private final String machineRun;
    private final JsonArray loaded = new JsonArray();

    /** Never closed by us before the folder is gone: closing it releases the lock. */
    private final FileChannel alive;

    private JvmFolders(Path state, Duration time, Path mine, String machineRun) throws IOException {
        this.state = state;
        this.time = time;
        this.mine = mine;
        this.machineRun = machineRun;
        alive = openLock(mine);
        if (alive.tryLock() == null) {
            throw new IOException("another JVM has the folder '" + mine + "'");
        }
    }

    /**
     * A JVM that died with a patch.
     *
     * @param pid its number
     * @param time within which a death counts
     * @param loaded when it loaded the patch
     */
    record Death(String pid, String time, String loaded) {}

    /** Holds back what JVMs died of, and makes this JVM's folder. */
    static JvmFolders open(Path state, Duration time) throws IOException {
        OwnFolder.prepare(state);
        checkFormat(state);
        OwnFolder.prepare(state.resolve("jvms"));
        OwnFolder.prepare(state.resolve("held"));
        long pid = ProcessHandle.current().pid();
        Path mine = state.resolve("jvms").resolve(ProcessStart.ticks(pid) + "-" + pid);
        try (FileChannel all = openLock(state)) {
            await(all, state);
            String machineRun =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            bury(state, machineRun);
            OwnFolder.prepare(mine);
            return new JvmFolders(state, time, mine, machineRun);
        }
    }

    Optional<Death> heldBack(CrashGuard.Suspect suspect) {
        Path file = state.resolve("held").resolve(suspect.digest());
        return read(file)
                .filter(held -> CrashGuard.Suspect.of(held).equals(suspect))
                .map(held -> new Death(
                        held.getString("pid", "?"),
                        held.getString("time", "?"),
                        held.getString("loaded", "?")));
    }

    /** Adds a patch to those that this JVM's death would count against. */
    void note(CrashGuard.Suspect suspect, Instant now) throws IOException {
        JsonObject one = suspect.document();
        one.put("pid", Long.toString(ProcessHandle.current().pid()));
        one.put("time", time.toMillis() + " ms");
        one.put("loaded", now.toString());
        loaded.add(one);
        writeLoaded();
    }

    /** Takes the newest one back. */
    void forget() throws IOException {
        loaded.remove(loaded.size() - 1);
        writeLoaded();
    }

    private void writeLoaded() throws IOException {
        JsonObject document = Commands.object("machine-run", machineRun);
        document.put("loaded", loaded);
        write(mine.resolve("loaded"), document);
    }

    /** This JVM's end is no death any more. */
    void leave() {
        try {
            delete(mine);
            alive.close();
        } catch (IOException stuck) {
            Contained.report(
                    "'" + mine + "' can't be deleted; the crash guard may be wrong", stuck);
        }
    }

    private static void checkFormat(Path state) throws IOException {
        Path file = state.resolve("format");
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT + "\n");
        }
        String found = Files.readString(file).strip();
        if (!found.equals(FORMAT)) {
            throw new IOException("'" + state + "' has format '" + found
                    + "', this agent knows format '" + FORMAT + "'");
        }
    }

    private static FileChannel openLock(Path folder) throws IOException {
        return FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The program waits for this, so not for long. */
    private static void await(FileChannel all, Path state) throws IOException {
        long end = System.nanoTime() + LOCK_NANOS;
        while (all.tryLock() == null) {
            if (System.nanoTime() > end) {
                throw new IOException("somebody holds the lock of '" + state + "'");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** A death in an earlier run of the machine is the machine's. */
    private static void bury(Path state, String machineRun) throws IOException {
        for (Path folder : newestFirst(state.resolve("jvms"))) {
            if (isDead(folder)) {
                Optional<JsonObject> record = read(folder.resolve("loaded"));
                if (record.isPresent()
                        && machineRun.equals(record.get().getString("machine-run", ""))) {
                    hold(state, record.get().getArray("loaded", new JsonArray()));
                }
                delete(folder);
            }
        }
        List<Path> held = newestFirst(state.resolve("held"));
        for (Path old : held.subList(Math.min(held.size(), FOLDERS_MAX), held.size())) {
            Files.deleteIfExists(old);
        }
    }

    /** One without a lock is just being left. */
    private static boolean isDead(Path folder) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException leaving) {
            return true;
        }
    }

    private static void hold(Path state, JsonArray loaded) throws IOException {
        for (Object each : loaded) {
            if (each instanceof JsonObject one
                    && one.getString("digest", "").matches("[0-9a-f]{64}")) {
                write(state.resolve("held").resolve(one.getString("digest")), one);
            }
        }
    }

    private static List<Path> newestFirst(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(found::add);
        }
        found.sort(Comparator.comparing((Path each) -> each.toFile().lastModified())
                .reversed());
        return found;
    }

    /** Nothing if it is not there or not what we write. */
    private static Optional<JsonObject> read(Path file) {
        try {
            return Files.size(file) > BYTES_MAX
                    ? Optional.empty()
                    : Optional.of(JsonParser.object().from(Files.readString(file)));
        } catch (IOException | JsonParserException nothing) {
            return Optional.empty();
        }
    }

    private static void write(Path file, JsonObject document) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, JsonWriter.string(document).getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        for (String name : List.of("loaded", "loaded.part", "lock")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
