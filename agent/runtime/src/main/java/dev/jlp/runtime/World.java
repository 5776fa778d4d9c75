package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import dev.jlp.patch.MethodId;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The classes of this JVM that patches concern. Used by the worker only, but for {@link #displaced}.
 */
final class World {

    private static final double MILLIS_PER_CLASS = 0.35 / 1_000;
    private static final double MILLIS_PER_THREAD = 8.0 / 5_000;

    private final Instrumentation instrumentation;
    private final EventLog events;
    private final ClassBytes classBytes;
    private final Examiner examiner;
    private final Exposures exposures = new Exposures();
    private final Instances instances;
    private final Departures departures;
    private final Arrivals arrivals;
    private final LateClasses lateClasses;
    private final Guard guard;
    private final Displacements displacements = new Displacements();
    private final Bodies bodies;
    private final Reverts reverts;
    private final Executor later;
    private final Grafts grafts;
    private final PatchApi api = new PatchApi();
    private final FixedInstances fixedInstances = new FixedInstances();

    World(
            Instrumentation instrumentation,
            EventLog events,
            Executor later,
            Policy policy,
            CallbackTable callbacks) {
        this.instrumentation = instrumentation;
        this.events = events;
        this.later = later;
        grafts = new Grafts(events, later, api);
        classBytes = new ClassBytes(instrumentation);
        ScratchDefinition scratch = new ScratchDefinition();
        examiner = new Examiner(classBytes, scratch);
        instances = new Instances(instrumentation, exposures);
        departures = new Departures(events, instances, callbacks);
        Refusals refusals = new Refusals(events, exposures, policy.onFailure(), callbacks);
        arrivals =
                new Arrivals(new Once(later, this::adoptArrived), refusals, grafts, fixedInstances);
        guard = new Guard(classBytes, this::displaced);
        bodies = new Bodies(classBytes, instances, guard, displacements);
        reverts = new Reverts(policy.revertsNative(), events, classBytes, instances);
        lateClasses = new LateClasses(
                events,
                classBytes,
                examiner,
                fixedInstances,
                instances,
                arrivals,
                guard,
                callbacks);
        instrumentation.addTransformer(arrivals, false);
        instrumentation.addTransformer(classBytes, true);
        instrumentation.addTransformer(scratch, true);
        instrumentation.addTransformer(guard, true);
    }

    /** What a patch would meet; changes nothing, but that the API is there if the patch names it. */
    Examination examine(LoadedPatch patch) {
        api.defineFor(patch.patch());
        return new Examination.Examining(classBytes, examiner, fixedInstances, instances::known)
                .examine(patch, lateClasses.loaded(patch));
    }

    /** Copies of its targets that the patch does not reach; changes nothing. */
    List<ShadedCopies.Copy> copies(LoadedPatch patch) {
        return new ShadedCopies(classBytes).of(patch, instrumentation.getAllLoadedClasses());
    }

    /** Who came and who went since. */
    void adoptArrived() {
        lateClasses.adoptArrived();
        if (departures.notice(bodies.composition())) {
            guard.watch(instances.all());
            fixedInstances.forgetGone();
        }
    }

    /** Accepts the verdicts of a patch that is being loaded, and defines its new classes. */
    void take(LoadedPatch patch, Examination examination) {
        exposures.forget(patch.name());
        instances.accept(patch, examination);
        guard.watch(instances.all());
        Set<Instance> broken = new LinkedHashSet<>();
        examination.problems().forEach(problem -> broken.add(problem.where()));
        for (Instance each : broken) {
            events.log(
                    "exposed",
                    patch.name(),
                    patch.version(),
                    "target",
                    each.target(),
                    "loader",
                    each.loader().name());
        }
    }

    /** Makes transformers use this from now on. */
    void publish(Composition next) {
        bodies.compose(next);
        arrivals.compose(next);
    }

    /**
     * Gives every class its bodies, in one redefinition. All or nothing.
     *
     * <p>Published first: a class that is defined meanwhile comes with the right bodies.
     */
    void compose(Composition next) throws ClassBytes.RedefinitionProblem {
        Composition previous = bodies.composition();
        publish(next);
        try {
            adoptArrived();
            lateClasses.adoptLate(next);
            bodies.redefine(instances.all());
        } catch (ClassBytes.RedefinitionProblem | RuntimeException | Error refused) {
            publish(previous);
            throw refused;
        }
    }

    /** What a sweep came to. */
    enum Sweep {
        /** Every class had its bodies. */
        NOTHING_FOUND,
        /** Some have them only now; their old ones may be on any stack. */
        GIVEN,
        /** Some don't have theirs, as the JVM refused it. */
        REFUSED
    }

    /** Finds classes whose definition had begun when a patch was loaded, and patches them. */
    Sweep sweep(Composition now) {
        adoptArrived();
        List<PatchedClass> late = lateClasses.adoptLate(now);
        List<PatchedClass> stale = new ArrayList<>(late);
        for (PatchedClass type : instances.all()) {
            if (!late.contains(type) && bodies.isStale(type)) {
                stale.add(type);
            }
        }
        if (stale.isEmpty()) {
            return Sweep.NOTHING_FOUND;
        }
        try {
            bodies.redefine(stale);
            return Sweep.GIVEN;
        } catch (ClassBytes.RedefinitionProblem refused) {
            Contained.report("a class that was found late could not be patched", refused);
            return Sweep.REFUSED;
        }
    }

    /** Whether a class is there that the patch was offered to. */
    boolean touches(String patch) {
        return instances.all().stream().anyMatch(type -> type.verdicts().containsKey(patch));
    }

    /** Whether a class of a patch is in the middle of its definition, unseen by the JVM's lists. */
    boolean hasOpenDefinitions() {
        return lateClasses.areOpen(bodies.composition());
    }

    /** Told by the guard on another agent's thread: a body was put back, others' work on it is lost. */
    private void displaced(PatchedClass type, Set<MethodId> methods) {
        if (displacements.note(type, methods)) {
            log("displaced", type, type.name().replace('/', '.') + " " + methods);
            later.execute(this::restoreIfDue);
        }
    }

    /** When something is to be done unasked, on the JVM's clock. */
    long dueNanos() {
        return Math.min(displacements.dueNanos(), departures.dueNanos());
    }

    void runIfDue() {
        restoreIfDue();
        grafts.load();
        if (departures.dueNanos() - System.nanoTime() <= 0) {
            adoptArrived();
        }
    }

    /** Sends displaced classes through all agents again, from the untouched bytes with our bodies. */
    private void restoreIfDue() {
        List<PatchedClass> some = displacements.due();
        if (some.isEmpty()) {
            return;
        }
        try {
            bodies.redefine(some);
            some.forEach(type -> log("restored", type, type.name().replace('/', '.')));
        } catch (ClassBytes.RedefinitionProblem | RuntimeException refused) {
            Contained.report(
                    "other agents' work on a patched class could not be composed again", refused);
        }
        displacements.forget(some);
    }

    private void log(String event, PatchedClass type, String detail) {
        for (LoadedPatch patch : bodies.composition().patches().values()) {
            if (type.verdicts().containsKey(patch.name())) {
                events.log(
                        event,
                        patch.name(),
                        patch.version(),
                        "target",
                        patch.targetOf(type.name()),
                        "loader",
                        type.loaderName(),
                        "detail",
                        detail);
            }
        }
    }

    /**
     * What each of the two redefinitions will probably stop the JVM for: a share per loaded class and one
     * per thread. An estimate for people; nothing depends on it.
     */
    JsonObject pauseEstimate(int threads) {
        double millis = instrumentation.getAllLoadedClasses().length * MILLIS_PER_CLASS
                + threads * MILLIS_PER_THREAD;
        JsonObject estimate = new JsonObject();
        estimate.put("arm", millis);
        estimate.put("finalise", millis);
        return estimate;
    }

    Exposures exposures() {
        return exposures;
    }

    Reverts reverts() {
        return reverts;
    }

    Grafts grafts() {
        return grafts;
    }

    PatchApi api() {
        return api;
    }

    /** The classes that patches have touched. */
    List<PatchedClass> classes() {
        return instances.all();
    }
}
