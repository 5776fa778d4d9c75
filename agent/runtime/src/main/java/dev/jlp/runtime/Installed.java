package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.OwnFolder;
import dev.jlp.control.PatchFolder;
import dev.jlp.engine.LoadOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The patches of the patch folder, loaded one after the other before {@code main}: no class of the application is
 * there yet, so every class of a target is defined patched. Whatever is wrong with one costs that one: it is said
 * on standard error, in an event and in {@code status}, and {@code main} runs.
 */
final class Installed {

    private static final long BYTES_MAX = 64L << 20;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Livepatch livepatch;
    private final Worker worker;
    private final EventLog events;
    private final CrashGuard guard;

    /** Written at the start, read by whoever asks. */
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    Installed(Livepatch livepatch, Worker worker, EventLog events, CrashGuard guard) {
        this.livepatch = livepatch;
        this.worker = worker;
        this.events = events;
        this.guard = guard;
    }

    /**
     * What became of an installed patch at the start.
     *
     * @param file it lies in
     * @param patch its name, empty if it could not be read
     * @param version its version, as its name
     * @param state {@code loaded}, {@code held} or {@code refused}
     * @param why empty for a loaded one
     */
    private record Line(String file, String patch, String version, String state, String why) {}

    /** A border: nothing that is wrong with the folder or its patches gets out of here. */
    void load(PatchFolder folder) {
        try {
            List<Path> files = folder.files();
            if (files.isEmpty()) {
                return;
            }
            OwnFolder.check(folder.path());
            events.beforeMain();
            guard.begin();
            for (Path file : files.subList(0, Math.min(files.size(), PatchFolder.PATCHES_MAX))) {
                load(file);
            }
            if (files.size() > PatchFolder.PATCHES_MAX) {
                Contained.say("of the " + files.size() + " patches in '" + folder.path()
                        + "' only the first " + PatchFolder.PATCHES_MAX + " are read");
            }
        } catch (IOException | RuntimeException | LinkageError broken) {
            Contained.report("installed patches are not loaded", broken);
        }
    }

    private void load(Path file) {
        try {
            OwnFolder.check(file);
            if (Files.size(file) > BYTES_MAX) {
                throw new ControlProblem(ErrorCode.EBADMSG, "it is larger than a patch may be");
            }
            byte[] artifact = Files.readAllBytes(file);
            load(file, artifact, Livepatch.read(artifact, ""));
        } catch (ControlProblem bad) {
            String why = bad.code() + ": " + bad.getMessage();
            refuse(file, why);
        } catch (IOException | RuntimeException | LinkageError broken) {
            refuse(file, broken.toString());
        }
    }

    private void load(Path file, byte[] artifact, LoadedPatch patch) throws IOException {
        CrashGuard.Suspect suspect = CrashGuard.Suspect.of(file, patch);
        Optional<String> held = guard.heldBack(suspect);
        if (held.isPresent()) {
            say(file, patch, "held", held.get());
            logRefusal(patch.name(), patch.version(), held.get());
            return;
        }
        guard.note(suspect);
        try {
            LoadRequest request = new LoadRequest(
                    false,
                    false,
                    false,
                    new LoadOptions(false, false, livepatch.policy().conflicts()),
                    System.getProperty("user.name", ""),
                    "installed in '" + file + "'");
            worker.change(() -> livepatch.load(artifact, request));
            say(file, patch, "loaded", "");
            awaitNoTransition();
        } catch (ControlProblem refused) {
            // Its event is in the log already: the load itself wrote it.
            guard.forget();
            say(file, patch, "refused", refused.code() + ": " + refused.getMessage());
        }
    }

    /** The next one would be refused. A patch of the JDK itself may have threads to wait for. */
    private void awaitNoTransition() throws ControlProblem {
        long end = System.nanoTime() + WAIT_NANOS;
        while (worker.call(() -> livepatch.running() != null) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void refuse(Path file, String why) {
        String name = String.valueOf(file.getFileName());
        Contained.say("the installed file '" + file + "' is not loaded: " + why);
        lines.add(new Line(file.toString(), "", "", "refused", why));
        logRefusal(name, "", why);
    }

    private void say(Path file, LoadedPatch patch, String state, String why) {
        lines.add(new Line(file.toString(), patch.name(), patch.version(), state, why));
        if (!why.isEmpty()) {
            Contained.say("the installed patch '" + patch.name() + "' " + patch.version() + " is "
                    + (state.equals("held") ? "held back" : "not loaded") + ": " + why);
        }
    }

    private void logRefusal(String name, String version, String why) {
        events.log("refused", name, version, "reason", "installed", "detail", why);
    }

    /** For {@code status} and {@code list}. */
    JsonArray document() {
        JsonArray document = new JsonArray();
        for (Line line : lines) {
            JsonObject one = Commands.object("file", line.file);
            one.put("patch", line.patch);
            one.put("version", line.version);
            one.put("state", line.state);
            one.put("why", line.why);
            document.add(one);
        }
        return document;
    }
}
