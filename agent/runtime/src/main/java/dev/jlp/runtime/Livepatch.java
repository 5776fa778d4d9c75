package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Goal;
import dev.jlp.engine.Life;
import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.Operation;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.PatchList;
import dev.jlp.engine.Refusal;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The patches of this JVM and what can be done with them. Every method is called by the worker, so there
 * is no lock: see {@code docs/concurrency.md}, section 3. Kernel counterpart: {@code core.c} under {@code
 * klp_mutex}.
 */
final class Livepatch {

    private final EventLog events;
    private final World world;
    private final PlatformThreads platform;
    private final VirtualThreads virtual;
    private final Policy policy;
    private final Patches patches = new Patches();
    private final Taints taints = new Taints();
    private final OwnClasses ownClasses = new OwnClasses();
    private final CallbackTable callbacks;
    private final Transitions transitions;

    Livepatch(
            EventLog events,
            World world,
            PlatformThreads platform,
            VirtualThreads virtual,
            Policy policy,
            CallbackTable callbacks) {
        this.events = events;
        this.world = world;
        this.platform = platform;
        this.virtual = virtual;
        this.policy = policy;
        this.callbacks = callbacks;
        transitions = new Transitions(events, world, patches, platform, virtual, policy, callbacks);
    }

    LoadAnswer load(byte[] artifact, LoadRequest request) throws ControlProblem {
        callbacks.runLater();
        LoadedPatch patch = read(artifact, request.user());
        PatchEntry entry = PatchEntry.loading(patch.patch(), patch.digest());
        for (Refusal refusal : list().againstLoad(entry, request.options(), busy())) {
            throw refused(
                    patch, request, ErrorCode.valueOf(refusal.code().name()), refusal.message());
        }
        List<String> alive = callbacks.calls().alive(patch.name());
        if (!alive.isEmpty()) {
            throw refused(patch, request, ErrorCode.EEXIST, stillRuns(patch.name(), alive));
        }
        Examination examination = world.examine(patch);
        List<String> warnings = new ArrayList<>();
        judge(patch, request, examination, warnings);
        warnings.addAll(unpatchedCopies(patch));
        List<Reverts.Dropped> dropped = dropped(
                list().inForceAfterLoad(entry), request.options().allowDowngrade(), patch.name());
        if (request.dryRun()) {
            return new LoadAnswer(patch, "dry-run", examination, warnings);
        }
        enable(patch, entry, examination, dropped, request);
        boolean waiting = running() == null;
        if (waiting) {
            warnings.add("no class of its targets is loaded: it changes nothing yet");
        }
        return new LoadAnswer(patch, waiting ? "waiting" : "transition", examination, warnings);
    }

    static LoadedPatch read(byte[] artifact, String user) throws ControlProblem {
        try {
            Patch patch = PatchFile.read(artifact);
            return LoadedPatch.of(patch, PatchFile.digest(artifact), Instant.now(), user);
        } catch (PatchFileProblem bad) {
            throw new ControlProblem(ErrorCode.EBADMSG, String.valueOf(bad.getMessage()));
        }
    }

    /** Every reason against a load, and what it would meet; changes nothing. */
    List<Refusal> refusals(LoadedPatch patch) {
        PatchEntry entry = PatchEntry.loading(patch.patch(), patch.digest());
        List<Refusal> refusals = new ArrayList<>(list().againstLoad(
                        entry, new LoadOptions(false, false, policy.conflicts()), busy()));
        List<String> alive = callbacks.calls().alive(patch.name());
        if (!alive.isEmpty()) {
            refusals.add(
                    new Refusal(Refusal.Code.EEXIST, stillRuns(patch.name(), alive), List.of()));
        }
        againstDropping(dropped(list().inForceAfterLoad(entry))).ifPresent(refusals::add);
        return refusals;
    }

    Examination examine(LoadedPatch patch) {
        return world.examine(patch);
    }

    /** One sentence for each copy of a target that the patch does not reach; it never refuses a load. */
    List<String> unpatchedCopies(LoadedPatch patch) {
        try {
            return world.copies(patch).stream().map(ShadedCopies.Copy::toString).toList();
        } catch (RuntimeException | Error broken) {
            Contained.report("copies of targets under other names were not looked for", broken);
            return List.of(
                    "copies of its targets under other names could not be looked for: " + broken);
        }
    }

    private void judge(
            LoadedPatch patch, LoadRequest request, Examination examination, List<String> warnings)
            throws ControlProblem {
        List<String> problems = examination.problems().stream()
                .map(Examination.Problem::toString)
                .toList();
        if (!problems.isEmpty() && !request.allowMismatch()) {
            throw refused(
                    patch,
                    request,
                    ErrorCode.ENOENT,
                    "the JVM does not hold what the patch was built for: "
                            + String.join("; ", problems));
        }
        problems.forEach(problem -> warnings.add("exposed: " + problem));
        if (examination.verdicts().isEmpty() && request.requireTarget()) {
            throw refused(patch, request, ErrorCode.ENOENT, "no class of its targets is loaded");
        }
    }

    private ControlProblem refused(
            LoadedPatch patch, LoadRequest request, ErrorCode code, String message) {
        if (!request.dryRun()) {
            events.log(
                    "refused",
                    patch.name(),
                    patch.version(),
                    "uid",
                    request.user(),
                    "detail",
                    code + ": " + message);
        }
        return new ControlProblem(code, "patch '" + patch.name() + "' is not loaded: " + message);
    }

    private void enable(
            LoadedPatch patch,
            PatchEntry entry,
            Examination examination,
            List<Reverts.Dropped> dropped,
            LoadRequest request)
            throws ControlProblem {
        ownClasses.prepare();
        List<PatchEntry> before = list().active();
        List<PatchEntry> after = list().inForceAfterLoad(entry);
        events.log(
                "enabling",
                patch.name(),
                patch.version(),
                "uid",
                request.user(),
                "reason",
                request.reason());
        Runnable undo = patches.add(patch, entry);
        try {
            transitions.begin(patch, Operation.LOAD, before, after, () -> {
                prepare(patch, examination);
                world.reverts().apply(dropped);
            });
        } catch (ClassBytes.RedefinitionProblem | CallbackVeto | RuntimeException | Error broken) {
            undo.run();
            world.reverts().takeBack(dropped);
            events.log(
                    "failed-to-enable", patch.name(), patch.version(), "detail", broken.toString());
            transitions.cancel(patch);
            throw new ControlProblem(
                    broken instanceof CallbackVeto ? ErrorCode.ECANCELED : ErrorCode.EIO,
                    "patch '" + patch.name() + "' is not loaded, the JVM is as it was: "
                            + sentence(broken));
        }
        taints.add(patch, request.user());
        transitions.open();
        if (examination.verdicts().isEmpty()) {
            transitions.completeWithoutClasses();
        }
    }

    /** Kernel: pre-patch and linking, object by object. Here nothing changes before all have agreed. */
    private void prepare(LoadedPatch patch, Examination examination) throws CallbackVeto {
        callbacks.prePatch(
                patch,
                OwnedStates.below(list().active(), patch.name()),
                examination.instances(patch));
        world.take(patch, examination);
    }

    /** Fixes that a class has by itself and that go with the patch: asked for, as any downgrade. */
    private List<Reverts.Dropped> dropped(
            List<PatchEntry> after, boolean allowDowngrade, String name) throws ControlProblem {
        List<Reverts.Dropped> dropped = dropped(after);
        if (!allowDowngrade) {
            require(againstDropping(dropped), name);
        }
        return dropped;
    }

    private List<Reverts.Dropped> dropped(List<PatchEntry> after) {
        return world.reverts().dropped(list().active(), after, patches.loaded());
    }

    private static Optional<Refusal> againstDropping(List<Reverts.Dropped> dropped) {
        String methods =
                dropped.stream().map(Reverts.Dropped::toString).collect(Collectors.joining(", "));
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Code.EINVAL,
                        "native=revert would take fixes away that are there without a patch: "
                                + methods
                                + "; --allow-downgrade allows it",
                        List.of()));
    }

    String disable(String name, String user, String reason, boolean allowDowngrade)
            throws ControlProblem {
        callbacks.runLater();
        require(list().againstDisable(name, busy()), name);
        List<Reverts.Dropped> dropped =
                dropped(list().inForceAfterDisable(name), allowDowngrade, name);
        LoadedPatch patch = patches.get(name);
        List<PatchEntry> before = list().active();
        patches.change(list -> list.become(name, Life.DISABLING));
        try {
            transitions.begin(
                    patch,
                    Operation.DISABLE,
                    before,
                    list().inForceAfterDisable(name),
                    () -> {
                        callbacks.preUnpatch(patch, OwnedStates.below(list().active(), name));
                        world.reverts().apply(dropped);
                    },
                    "uid",
                    user,
                    "reason",
                    reason);
        } catch (ClassBytes.RedefinitionProblem | CallbackVeto | RuntimeException | Error broken) {
            patches.change(list -> list.become(name, Life.ENABLED));
            world.reverts().takeBack(dropped);
            events.log("failed-to-disable", name, patch.version(), "detail", broken.toString());
            callbacks.complete(patch, Goal.PATCHED);
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "patch '" + name + "' stays enabled, the JVM is as it was: "
                            + sentence(broken));
        }
        transitions.open();
        return patch.version();
    }

    /** Problems of our own kind say all in words; of others the kind says more than the words. */
    private static String sentence(Throwable broken) {
        return broken instanceof RuntimeException || broken instanceof Error
                ? broken.toString()
                : String.valueOf(broken.getMessage());
    }

    void unload(String name) throws ControlProblem {
        require(list().againstUnload(name), name);
        List<String> alive = callbacks.calls().alive(name);
        if (!alive.isEmpty()) {
            throw new ControlProblem(ErrorCode.EINVAL, stillRuns(name, alive));
        }
        patches.remove(name);
    }

    private static String stillRuns(String name, List<String> alive) {
        return "callbacks of patch '" + name + "' were abandoned and still run: "
                + String.join(", ", alive);
    }

    private void require(Optional<Refusal> against, String name) throws ControlProblem {
        if (against.isPresent()) {
            Refusal refusal = against.get();
            events.log("refused", name, "", "detail", refusal.code() + ": " + refusal.message());
            throw new ControlProblem(ErrorCode.valueOf(refusal.code().name()), refusal.message());
        }
    }

    private Optional<String> busy() {
        return transitions.busy();
    }

    Policy policy() {
        return policy;
    }

    PatchList list() {
        return patches.list();
    }

    Map<String, LoadedPatch> patches() {
        return patches.loaded();
    }

    CallbackTable callbacks() {
        return callbacks;
    }

    Transitions transitions() {
        return transitions;
    }

    Taints taints() {
        return taints;
    }

    @Nullable
    Running running() {
        return transitions.running();
    }

    Totals totals() {
        return transitions.totals();
    }

    World world() {
        return world;
    }

    PlatformThreads platform() {
        return platform;
    }

    VirtualThreads virtual() {
        return virtual;
    }
}
