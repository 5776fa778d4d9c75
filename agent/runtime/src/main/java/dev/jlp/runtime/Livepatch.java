package dev.jlp.runtime;

import dev.jlp.bridge.JlpTransition;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Goal;
import dev.jlp.engine.Life;
import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.MethodKey;
import dev.jlp.engine.MethodStacks;
import dev.jlp.engine.Operation;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.PatchList;
import dev.jlp.engine.Phase;
import dev.jlp.engine.Refusal;
import dev.jlp.engine.Transition;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
    private final Looks looks = new Looks();

    private PatchList list = PatchList.EMPTY;
    private final Map<String, LoadedPatch> patches = new HashMap<>();
    private final Taints taints = new Taints();
    private int transitions;
    private @Nullable Running running;
    private final Totals totals = new Totals();

    Livepatch(
            EventLog events,
            World world,
            PlatformThreads platform,
            VirtualThreads virtual,
            Policy policy) {
        this.events = events;
        this.world = world;
        this.platform = platform;
        this.virtual = virtual;
        this.policy = policy;
    }

    LoadAnswer load(byte[] artifact, LoadRequest request) throws ControlProblem {
        LoadedPatch patch = read(artifact, request.user());
        PatchEntry entry = PatchEntry.loading(patch.patch(), patch.digest());
        for (Refusal refusal : list.againstLoad(entry, request.options(), busy())) {
            throw refused(
                    patch, request, ErrorCode.valueOf(refusal.code().name()), refusal.message());
        }
        Examination examination = world.examine(patch);
        List<String> warnings = new ArrayList<>();
        judge(patch, request, examination, warnings);
        if (request.dryRun()) {
            return new LoadAnswer(patch, "dry-run", examination, warnings);
        }
        boolean waiting = examination.verdicts().isEmpty();
        enable(patch, entry, examination, request);
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
        return list.againstLoad(
                PatchEntry.loading(patch.patch(), patch.digest()),
                new LoadOptions(false, false, policy.conflicts()),
                busy());
    }

    Examination examine(LoadedPatch patch) {
        return world.examine(patch);
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
            LoadedPatch patch, PatchEntry entry, Examination examination, LoadRequest request)
            throws ControlProblem {
        List<PatchEntry> before = list.active();
        List<PatchEntry> after = list.inForceAfterLoad(entry);
        PatchList undo = list;
        events.log(
                "enabling",
                patch.name(),
                patch.version(),
                "uid",
                request.user(),
                "reason",
                request.reason());
        patches.put(patch.name(), patch);
        list = list.load(entry);
        try {
            world.take(patch, examination);
            begin(patch, Operation.LOAD, before, after);
        } catch (ClassBytes.RedefinitionProblem | LinkageError | RuntimeException broken) {
            list = undo;
            patches.remove(patch.name());
            events.log(
                    "failed-to-enable", patch.name(), patch.version(), "detail", broken.toString());
            for (String event : List.of("cancelling", "completing-unpatch", "unpatched")) {
                events.log(event, patch.name(), patch.version());
            }
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "patch '" + patch.name() + "' is not loaded, the JVM is as it was: " + broken);
        }
        taints.add(patch, request.user());
        Running begun = running;
        if (examination.verdicts().isEmpty() && begun != null && begun.opened) {
            // No class is there, so no frame can be: there is nobody to wait for.
            events.log("waiting", patch.name(), patch.version());
            complete(begun);
        }
    }

    String disable(String name, String user, String reason) throws ControlProblem {
        require(list.againstDisable(name, busy()), name);
        LoadedPatch patch = patch(name);
        List<PatchEntry> before = list.active();
        PatchList undo = list;
        list = list.become(name, Life.DISABLING);
        try {
            begin(
                    patch,
                    Operation.DISABLE,
                    before,
                    list.inForceAfterDisable(name),
                    "uid",
                    user,
                    "reason",
                    reason);
        } catch (ClassBytes.RedefinitionProblem | RuntimeException broken) {
            list = undo;
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "patch '" + name + "' stays enabled, the JVM is as it was: " + broken);
        }
        return patch.version();
    }

    /** Kernel: {@code klp_init_transition}, then arming, then {@code klp_start_transition}. */
    private void begin(
            LoadedPatch patch,
            Operation operation,
            List<PatchEntry> before,
            List<PatchEntry> after,
            Object... who)
            throws ClassBytes.RedefinitionProblem {
        int id = ++transitions;
        Set<MethodKey> affected = MethodStacks.affected(before, after);
        Composition composition = new Composition(before, after, affected, id, Map.copyOf(patches));
        JlpTransition bridge = JlpTransition.begin(id, MethodStacks.byName(affected));
        String direction = operation.goal(false) == Goal.PATCHED ? "patch" : "unpatch";
        events.log("init-" + direction, patch.name(), patch.version(), who);
        long start = System.nanoTime();
        Running begun;
        try {
            Switching switching =
                    new Switching(bridge, platform, virtual, looks, policy.pauseNanosMax());
            Transition armed = Transition.start(id, patch.name(), operation).armed();
            begun = new Running(armed, composition, bridge, switching, patch);
            world.compose(composition); // last: what breaks behind it would leave all armed
        } catch (ClassBytes.RedefinitionProblem | RuntimeException | LinkageError failed) {
            world.publish(Composition.atRest(before, Map.copyOf(patches)));
            bridge.end(false);
            throw failed;
        }
        running = begun;
        totals.armMillis = millisSince(start);
        openIfAllIsArmed(begun);
    }

    /** Kernel: {@code klp_start_transition}. A class that is just being defined can't be armed yet. */
    private boolean openIfAllIsArmed(Running now) {
        if (!now.opened && !world.hasOpenDefinitions()) {
            now.opened = true;
            now.switching.open();
            String direction =
                    now.state.operation().goal(false) == Goal.PATCHED ? "patch" : "unpatch";
            events.log("start-" + direction, now.patch.name(), now.patch.version());
        }
        return now.opened;
    }

    /** Whether a round of looks was interrupted and should go on at once. */
    boolean isMidRound() {
        Running now = running;
        return now != null && now.switching.isMidRound();
    }

    /**
     * Tries to complete the running transition. Kernel: {@code klp_try_complete_transition}.
     *
     * @param interrupted asked between batches; true ends the attempt early
     * @return whether no transition runs any more
     */
    boolean tryComplete(BooleanSupplier interrupted) {
        Running now = running;
        if (now == null) {
            return true;
        }
        if (now.state.forced() || (!now.opened && now.state.isReversed())) {
            return complete(now); // reversed before it was opened: nobody has left the old universe
        }
        boolean wasOpened = now.opened;
        boolean late = world.sweep(now.composition);
        if (!openIfAllIsArmed(now)) {
            return false;
        }
        if (late && wasOpened) {
            now.switching.renew();
        }
        boolean done = now.switching.pass(interrupted);
        totals.batchMillisMax = now.switching.batchNanosMax() / 1e6;
        return done && complete(now);
    }

    private boolean complete(Running now) {
        Goal goal = now.state.goal();
        String direction = goal == Goal.PATCHED ? "patch" : "unpatch";
        LoadedPatch patch = now.patch;
        now.state = now.state.switched();
        events.log("completing-" + direction, patch.name(), patch.version());
        boolean universe =
                now.opened ? now.bridge.goal() : now.state.forced() && !now.state.isReversed();
        List<PatchEntry> inForce = universe ? now.composition.after() : now.composition.before();
        long start = System.nanoTime();
        try {
            world.compose(Composition.atRest(inForce, Map.copyOf(patches)));
        } catch (ClassBytes.RedefinitionProblem | RuntimeException refused) {
            Contained.report(
                    "patch '" + patch.name() + "' could not be finalised and stays armed", refused);
            now.state = now.state.notFinalised();
            world.publish(now.composition);
            return false;
        }
        totals.finaliseMillis = millisSince(start);
        now.bridge.end(universe);
        now.state = now.state.completed();
        running = null;
        settle(now, goal);
        totals.lastSeconds = (System.nanoTime() - now.startNanos) / 1e9;
        events.log(goal == Goal.PATCHED ? "patched" : "unpatched", patch.name(), patch.version());
        return true;
    }

    /** The list after a transition. Kernel: {@code klp_complete_transition} and what force pins. */
    private void settle(Running now, Goal goal) {
        String name = now.patch.name();
        list = list.become(name, goal == Goal.PATCHED ? Life.ENABLED : Life.DISABLED);
        if (goal == Goal.UNPATCHED && now.state.forced()) {
            list = list.pin(name);
        }
        if (goal == Goal.UNPATCHED || now.state.operation() == Operation.DISABLE) {
            return;
        }
        for (PatchEntry old : now.composition.before()) {
            if (now.composition.after().stream()
                    .noneMatch(entry -> entry.name().equals(old.name()))) {
                list = list.become(old.name(), Life.REPLACED);
                list = now.state.forced() ? list.pin(old.name()) : list;
                events.log(
                        "replaced",
                        old.name(),
                        old.version().text(),
                        "detail",
                        "by '" + name + "'");
            }
        }
    }

    Goal reverse(String user, String reason) throws ControlProblem {
        Running now = requireRunning("reverse");
        if (now.opened) {
            now.switching.reverse();
        }
        now.state = now.state.reversed();
        events.log(
                "reversing",
                now.patch.name(),
                now.patch.version(),
                "uid",
                user,
                "reason",
                reason,
                "detail",
                "towards " + now.state.goal().word());
        return now.state.goal();
    }

    /** Completes at the next retry, like the kernel's. */
    List<String> force(String user, String reason) throws ControlProblem {
        Running now = requireRunning("force");
        List<String> forced = now.switching.blockers().stream()
                .map(blocker -> blocker.seen().thread().getName())
                .toList();
        now.state = now.state.force();
        events.log(
                "forced",
                now.patch.name(),
                now.patch.version(),
                "uid",
                user,
                "reason",
                reason,
                "detail",
                "threads that had not switched: " + forced);
        return forced;
    }

    void unload(String name) throws ControlProblem {
        require(list.againstUnload(name), name);
        list = list.unload(name);
        patches.remove(name);
    }

    /** Says once, after a while, who holds the transition back. */
    void signal() {
        Running now = running;
        if (now != null) {
            events.log(
                    "signalling",
                    now.patch.name(),
                    now.patch.version(),
                    "detail",
                    now.switching.blockers().stream()
                            .limit(20)
                            .map(blocker -> blocker.seen().thread().getName() + ": "
                                    + blocker.finding().why())
                            .toList());
        }
    }

    /**
     * Looks for classes that were being defined while a patch was loaded; at rest.
     *
     * @return whether there may be more to find
     */
    boolean sweepAtRest() {
        world.sweep(Composition.atRest(list.active(), Map.copyOf(patches)));
        return world.hasOpenDefinitions();
    }

    private Running requireRunning(String what) throws ControlProblem {
        if (running == null) {
            throw new ControlProblem(
                    ErrorCode.EINVAL, "no transition runs; there is nothing to " + what);
        }
        if (running.state.phase() != Phase.SWITCHING) {
            throw new ControlProblem(
                    ErrorCode.EINVAL,
                    "the transition is " + running.state.phase().word() + "; it can't " + what);
        }
        return running;
    }

    private void require(Optional<Refusal> against, String name) throws ControlProblem {
        if (against.isPresent()) {
            Refusal refusal = against.get();
            events.log("refused", name, "", "detail", refusal.code() + ": " + refusal.message());
            throw new ControlProblem(ErrorCode.valueOf(refusal.code().name()), refusal.message());
        }
    }

    private Optional<String> busy() {
        return Optional.ofNullable(running).map(now -> now.patch.name());
    }

    private LoadedPatch patch(String name) {
        LoadedPatch patch = patches.get(name);
        if (patch == null) {
            throw new IllegalStateException("patch '" + name + "' is listed but not there");
        }
        return patch;
    }

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    Policy policy() {
        return policy;
    }

    PatchList list() {
        return list;
    }

    Map<String, LoadedPatch> patches() {
        return patches;
    }

    Taints taints() {
        return taints;
    }

    @Nullable
    Running running() {
        return running;
    }

    Totals totals() {
        return totals;
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
