package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds back an installed patch whose JVM died soon after it was loaded: such a patch may be the cause, and would
 * kill the next JVM as well.
 *
 * <p>Before a patch is loaded it is noted in this JVM's folder of {@link JvmFolders}. The folder goes when the time
 * is over, or when the JVM ends in the ordinary way. A folder that is there while its JVM is not tells of a death.
 * Without a folder that can be written to the guard is off, which is said once; nothing else changes.
 */
final class CrashGuard implements Chore {

    private final Path state;
    private final Duration time;

    private Optional<JvmFolders> folders = Optional.empty();

    /** Written by the thread that starts the agent, before the worker may see it due. */
    private volatile long dueNanos = System.nanoTime() + NEVER_NANOS;

    CrashGuard(Path state, Duration time) {
        this.state = state;
        this.time = time;
    }

    /**
     * A patch that is about to be loaded.
     *
     * @param file it is installed in
     * @param installed when, as the file says: installing again makes it another one
     * @param patch its name
     * @param version its version
     * @param digest of the artifact
     */
    record Suspect(String file, long installed, String patch, String version, String digest) {

        static Suspect of(Path file, LoadedPatch patch) throws IOException {
            return new Suspect(
                    file.toAbsolutePath().toString(),
                    Files.getLastModifiedTime(file).toMillis(),
                    patch.name(),
                    patch.version(),
                    patch.digest());
        }

        static Suspect of(JsonObject document) {
            return new Suspect(
                    document.getString("file", ""),
                    document.getLong("installed", 0),
                    document.getString("patch", ""),
                    document.getString("version", ""),
                    document.getString("digest", ""));
        }

        JsonObject document() {
            JsonObject document = Commands.object("file", file);
            document.put("installed", installed);
            document.put("patch", patch);
            document.put("version", version);
            document.put("digest", digest);
            return document;
        }
    }

    /** Looks who has died, and makes this JVM's folder. */
    void begin() {
        if (time.isZero()) {
            return;
        }
        try {
            JvmFolders opened = JvmFolders.open(state, time);
            folders = Optional.of(opened);
            // Not at the exit of the JVM by itself: only what goes through here is no death.
            Runtime.getRuntime().addShutdownHook(new Thread(null, opened::leave, "jlp-guard"));
        } catch (IOException | RuntimeException e) {
            Contained.report("the crash guard is off", e);
        }
    }

    /** Why a patch is not to be loaded, if a JVM died of it. */
    Optional<String> heldBack(Suspect suspect) {
        return folders.flatMap(there -> there.heldBack(suspect))
                .map(death -> "JVM " + death.pid() + " died within " + death.time()
                        + " after it had loaded it, at " + death.loaded()
                        + "; 'jlp install' of it releases it");
    }

    /** From now on, and for a while, the death of this JVM counts against the patch. */
    void note(Suspect suspect) {
        if (folders.isEmpty()) {
            return;
        }
        try {
            folders.get().note(suspect, Instant.now());
            dueNanos = System.nanoTime() + time.toNanos();
        } catch (IOException e) {
            off(e);
        }
    }

    /** The newest one was not loaded after all. */
    void forget() {
        try {
            if (folders.isPresent()) {
                folders.get().forget();
            }
        } catch (IOException e) {
            off(e);
        }
    }

    private void off(IOException why) {
        Contained.report("the crash guard is off", why);
        folders.ifPresent(JvmFolders::leave);
        folders = Optional.empty();
    }

    @Override
    public long nanosUntilDue(long nowNanos) {
        return dueNanos - nowNanos;
    }

    /** The time is over and this JVM lives. */
    @Override
    public boolean runIfDue(long nowNanos) {
        if (nanosUntilDue(nowNanos) <= 0) {
            dueNanos = nowNanos + NEVER_NANOS;
            folders.ifPresent(JvmFolders::leave);
        }
        return false;
    }
}
