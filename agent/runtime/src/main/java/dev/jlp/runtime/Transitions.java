package dev.jlp.runtime;

import dev.jlp.bridge.JlpTransition;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Goal;
import dev.jlp.engine.MethodKey;
import dev.jlp.engine.MethodStacks;
import dev.jlp.engine.Operation;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.Phase;
import dev.jlp.engine.Transition;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Moves every thread from one list of patches to another, one move at a time. Used by the worker only.
 * Kernel counterpart: {@code transition.c}.
 */
final class Transitions {

    private final EventLog events;
    private final World world;
    private final Patches patches;
    private final PlatformThreads platform;
    private final VirtualThreads virtual;
    private final Policy policy;
    private final CallbackTable callbacks;
    private final Looks looks = new Looks();
    private final Totals totals = new Totals();

    private int started;
    private @Nullable Running running;

    /** The patch whose callbacks run before a transition, or behind one that could not begin. */
    private @Nullable String preparing;

    Transitions(
            EventLog events,
            World world,
            Patches patches,
            PlatformThreads platform,
            VirtualThreads virtual,
            Policy policy,
            CallbackTable callbacks) {
        this.events = events;
        this.world = world;
        this.patches = patches;
        this.platform = platform;
        this.virtual = virtual;
        this.policy = policy;
        this.callbacks = callbacks;
    }

    /** What has to be done when a transition is initialised and nothing is armed. */
    interface Preparation {
        void run() throws CallbackVeto;
    }

    /** The patch that keeps others from beginning a transition. */
    Optional<String> busy() {
        Running now = running;
        return Optional.ofNullable(now == null ? preparing : now.patch.name());
    }

    /**
     * Kernel: {@code klp_init_transition}, pre-callbacks, then arming. If it throws, nothing has begun; behind
     * it the transition runs, and nothing that its caller does may take it back but a reversal.
     */
    void begin(
            LoadedPatch patch,
            Operation operation,
            List<PatchEntry> before,
            List<PatchEntry> after,
            Preparation preparation,
            Object... who)
            throws ClassBytes.RedefinitionProblem, CallbackVeto {
        String direction = operation.goal(false) == Goal.PATCHED ? "patch" : "unpatch";
        events.log("init-" + direction, patch.name(), patch.version(), who);
        preparing = patch.name();
        try {
            preparation.run();
        } finally {
            preparing = null;
        }
        arm(patch, operation, before, after);
    }

    /** A load that could not begin. Kernel: {@code klp_cancel_transition}. */
    void cancel(LoadedPatch patch) {
        for (String event : List.of("cancelling", "completing-unpatch")) {
            events.log(event, patch.name(), patch.version());
        }
        preparing = patch.name();
        try {
            callbacks.complete(patch, Goal.UNPATCHED);
        } finally {
            preparing = null;
        }
        events.log("unpatched", patch.name(), patch.version());
    }

    private void arm(
            LoadedPatch patch, Operation operation, List<PatchEntry> before, List<PatchEntry> after)
            throws ClassBytes.RedefinitionProblem {
        int id = ++started;
        Set<MethodKey> affected = MethodStacks.affected(before, after);
        Composition composition =
                new Composition(before, after, affected, id, Map.copyOf(patches.loaded()));
        JlpTransition bridge = JlpTransition.begin(id, MethodStacks.byName(affected));
        long start = System.nanoTime();
        Running begun;
        try {
            Switching switching =
                    new Switching(bridge, platform, virtual, looks, policy.pauseNanosMax());
            Transition armed = Transition.start(id, patch.name(), operation).armed();
            begun = new Running(armed, composition, bridge, switching, patch);
            world.compose(composition); // last: what breaks behind it would leave all armed
        } catch (ClassBytes.RedefinitionProblem | RuntimeException | Error failed) {
            world.publish(patches.atRest(before));
            bridge.end(false);
            throw failed;
        }
        running = begun;
        totals.armMillis = millisSince(start);
    }

    /** Kernel: {@code klp_start_transition}. If it can't be now, the next try to complete does it. */
    void open() {
        Running now = running;
        if (now != null) {
            openIfAllIsArmed(now);
        }
    }

    /**
     * A class that is just being defined can't be armed yet. First it is asked whether there are any, then
     * those that have come are armed: one whose definition ends in between is not missed by both.
     */
    private boolean openIfAllIsArmed(Running now) {
        boolean allAreThere = !world.hasOpenDefinitions();
        boolean armed = world.sweep(now.composition) != World.Sweep.REFUSED;
        if (armed && allAreThere && !callbacks.hasLater()) { // else a pre-patch has not run
            now.opened = true;
            now.switching.open();
            String direction =
                    now.state.operation().goal(false) == Goal.PATCHED ? "patch" : "unpatch";
            events.log("start-" + direction, now.patch.name(), now.patch.version());
        }
        return now.opened;
    }

    /** Ends a transition that meets no class: no frame can be of one, so there is nobody to wait for. */
    void completeWithoutClasses() {
        Running now = running;
        if (now != null && now.opened && !world.touches(now.patch.name())) {
            events.log("waiting", now.patch.name(), now.patch.version());
            complete(now);
        }
    }

    /** Whether a round of looks was interrupted and should go on at once. A forced one needs no looks. */
    boolean isMidRound() {
        Running now = running;
        return now != null && !now.state.forced() && now.switching.isMidRound();
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
        if (!now.left.isEmpty()) {
            return finish(now);
        }
        if (now.state.phase() == Phase.FINALISING
                || now.state.forced()
                || (!now.opened && now.state.isReversed())) {
            return complete(now); // reversed before it was opened: nobody has left the old universe
        }
        if (!isArmed(now)) {
            return false;
        }
        boolean done = now.switching.pass(interrupted);
        totals.batchMillisMax = now.switching.batchNanosMax() / 1e6;
        return done && complete(now);
    }

    /** Whether every class is armed that has come by now. */
    private boolean isArmed(Running now) {
        if (!now.opened) {
            return openIfAllIsArmed(now);
        }
        World.Sweep found = world.sweep(now.composition);
        if (found == World.Sweep.GIVEN) {
            now.switching.renew();
        }
        // An instance may have been found whose pre-patch has not run.
        return found != World.Sweep.REFUSED && !callbacks.hasLater();
    }

    private boolean complete(Running now) {
        Goal goal = now.state.goal();
        String direction = goal == Goal.PATCHED ? "patch" : "unpatch";
        LoadedPatch patch = now.patch;
        events.log("completing-" + direction, patch.name(), patch.version());
        if (now.state.phase() == Phase.SWITCHING) {
            decide(now);
        }
        boolean universe = now.universe;
        List<PatchEntry> inForce = universe ? now.composition.after() : now.composition.before();
        long start = System.nanoTime();
        try {
            world.compose(patches.atRest(inForce));
        } catch (ClassBytes.RedefinitionProblem | RuntimeException | Error refused) {
            Contained.report(
                    "patch '" + patch.name() + "' could not be finalised and stays armed", refused);
            return false;
        }
        totals.finaliseMillis = millisSince(start);
        now.left.add(() -> settle(now));
        now.left.add(() -> callbacks.complete(patch, goal));
        now.left.add(() -> free(now));
        now.left.add(() -> rest(now, goal));
        return finish(now);
    }

    /**
     * The bodies are in place. What is left is done step by step: one that breaks, in a JVM that has no
     * memory left, is done again at the next retry, and those before it are not.
     */
    private static boolean finish(Running now) {
        for (Runnable next = now.left.peek(); next != null; next = now.left.peek()) {
            next.run();
            now.left.remove();
        }
        return true;
    }

    private void rest(Running now, Goal goal) {
        String event = goal == Goal.PATCHED ? "patched" : "unpatched";
        events.log(event, now.patch.name(), now.patch.version());
        now.state = now.state.completed();
        running = null;
        totals.lastSeconds = (System.nanoTime() - now.startNanos) / 1e9;
    }

    /**
     * Everybody is in one universe, and armed bodies say so from now on. To be done before the bodies are
     * replaced: a final body does not enter, so who runs one and calls a class that has come too late to be
     * replaced would be asked there for the first time, with the transition's methods on its stack.
     */
    private static void decide(Running now) {
        now.universe =
                now.opened ? now.bridge.goal() : now.state.forced() && !now.state.isReversed();
        now.bridge.end(now.universe);
        now.state = now.state.switched(); // last: what breaks before is done again
    }

    /** Values of states that no patch has any more. */
    private void free(Running now) {
        Set<String> vanished =
                OwnedStates.vanished(now.composition, patches.list().active());
        if (world.api().owns(vanished)) {
            callbacks.runAside(
                    "freeing what the states " + vanished + " own",
                    () -> PatchApi.freeOwned(vanished));
        }
    }

    private void settle(Running now) {
        for (PatchEntry old : patches.list().replacedBy(now.state)) {
            callbacks.drop(old.name());
            events.log(
                    "replaced",
                    old.name(),
                    old.version().text(),
                    "detail",
                    "by '" + now.patch.name() + "'");
        }
        patches.change(list -> list.settle(now.state));
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

    /** Wakes those who are parked and hold the transition back, if the agent was told to. */
    void nudge() {
        Running now = running;
        if (now != null && policy.unparks() && !now.state.forced()) {
            now.switching.unparkBlockers();
        }
    }

    /**
     * Looks for classes that were being defined while a patch was loaded; at rest.
     *
     * @return whether there may be more to find
     */
    boolean sweepAtRest() {
        world.sweep(patches.atRest(patches.list().active()));
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

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    @Nullable
    Running running() {
        return running;
    }

    Totals totals() {
        return totals;
    }
}
