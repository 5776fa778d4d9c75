package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * The classes of this JVM that patches concern. Used by the worker only, but for {@link #displaced}.
 */
final class World {

    private static final double MILLIS_PER_CLASS = 0.35 / 1_000;
    private static final double MILLIS_PER_THREAD = 8.0 / 5_000;

    private static final long RESTORE_PAUSE_MIN_NANOS = 50_000_000;
    private static final long RESTORE_PAUSE_MAX_NANOS = 10_000_000_000L;
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private final Instrumentation instrumentation;
    private final EventLog events;
    private final ClassBytes classBytes;
    private final Examiner examiner;
    private final Arrivals arrivals;
    private final Guard guard;
    private final Executor later;

    private final PatchApi api = new PatchApi();
    private final List<PatchedClass> classes = new ArrayList<>();
    private final Map<PatchedClass, Set<MethodId>> displaced = new ConcurrentHashMap<>();

    /** Written by the worker; read on other agents' threads as well, to name what they displaced. */
    private volatile Composition composition = Composition.EMPTY;

    private long restoreNanos = System.nanoTime();
    private long restorePauseNanos = RESTORE_PAUSE_MIN_NANOS;

    World(Instrumentation instrumentation, EventLog events, Executor later) {
        this.instrumentation = instrumentation;
        this.events = events;
        this.later = later;
        classBytes = new ClassBytes(instrumentation);
        ScratchDefinition scratch = new ScratchDefinition();
        examiner = new Examiner(classBytes, scratch);
        arrivals = new Arrivals(events, later, this::adoptArrived);
        guard = new Guard(classBytes, this::displaced);
        instrumentation.addTransformer(arrivals, false);
        instrumentation.addTransformer(classBytes, true);
        instrumentation.addTransformer(scratch, true);
        instrumentation.addTransformer(guard, true);
    }

    /** What a patch would meet; changes nothing, but that the API is there if the patch names it. */
    Examination examine(LoadedPatch patch) {
        api.defineFor(patch.patch());
        adoptArrived();
        return new Examination.Examining(classBytes, examiner, this::known)
                .examine(patch, find(patch.classes().keySet()));
    }

    /** Accepts the verdicts of a patch that is being loaded, and defines its new classes. */
    void take(LoadedPatch patch, Examination examination) {
        accept(patch, examination);
        for (String loader : brokenLoaders(examination)) {
            events.log("exposed", patch.name(), patch.version(), "loader", loader);
        }
    }

    private void accept(LoadedPatch patch, Examination examination) {
        examination.verdicts().forEach((type, verdict) -> {
            type.verdicts().put(patch.name(), verdict);
            if (!classes.contains(type)) {
                classes.add(type);
            }
        });
        expose(patch, examination);
        for (Target target : patch.patch().targets()) {
            Set<ClassLoader> done = new LinkedHashSet<>();
            for (PatchedClass type : examination.verdicts().keySet()) {
                boolean mine = target.classes().stream()
                        .anyMatch(change -> change.name().equals(type.name()));
                ClassLoader loader = type.loader();
                if (mine && loader != null && type.takes(patch.name()) && done.add(loader)) {
                    for (AddedClass added : target.added()) {
                        AddedClasses.define(
                                added, loader, type.type().orElseThrow().getProtectionDomain());
                    }
                }
            }
        }
        guard.watch(classes);
    }

    /** An instance is patched whole or not at all: one class that can't be exposes its loader's others. */
    private void expose(LoadedPatch patch, Examination examination) {
        Set<String> broken = brokenLoaders(examination);
        for (PatchedClass type : examination.verdicts().keySet()) {
            if (broken.contains(type.loaderName())) {
                type.exposed().put(patch.name(), true);
            } else {
                type.exposed().remove(patch.name());
            }
        }
    }

    private static Set<String> brokenLoaders(Examination examination) {
        Set<String> broken = new LinkedHashSet<>();
        examination.problems().forEach(problem -> broken.add(problem.loader()));
        return broken;
    }

    /** Makes transformers use this from now on. */
    void publish(Composition next) {
        composition = next;
        arrivals.compose(next);
    }

    /**
     * Gives every class its bodies, in one redefinition. All or nothing.
     *
     * <p>Published first: a class that is defined meanwhile comes with the right bodies.
     */
    void compose(Composition next) throws ClassBytes.RedefinitionProblem {
        Composition previous = composition;
        publish(next);
        try {
            adoptArrived();
            adoptLate(next);
            redefine(classes);
        } catch (ClassBytes.RedefinitionProblem | RuntimeException refused) {
            publish(previous);
            throw refused;
        }
    }

    private void redefine(List<PatchedClass> some) throws ClassBytes.RedefinitionProblem {
        List<ClassDefinition> definitions = new ArrayList<>();
        Map<PatchedClass, List<Weave>> weaves = new HashMap<>();
        classes.removeIf(PatchedClass::isGone);
        for (PatchedClass type : some) {
            Class<?> defined = type.type().orElse(null);
            List<Weave> next = composition.weaves(type);
            if (defined != null && !isAlready(type, next)) {
                weaves.put(type, next);
                definitions.add(new ClassDefinition(defined, weave(type, defined, next)));
            }
        }
        if (definitions.isEmpty()) {
            return;
        }
        // Before: a retransformation by others in between must find what it has to put back.
        Map<PatchedClass, PatchedClass.Now> undo = new HashMap<>();
        weaves.forEach((type, next) -> {
            undo.put(type, type.now());
            type.setNow(PatchedClass.Now.unseen(next, composition.transition()));
        });
        guard.watch(classes);
        try {
            Map<Class<?>, byte[]> seen = classBytes.redefine(definitions);
            weaves.forEach((type, next) -> type.setNow(seen(seen, type, next)));
        } catch (ClassBytes.RedefinitionProblem refused) {
            undo.forEach(PatchedClass::setNow);
            throw refused;
        }
    }

    private boolean isAlready(PatchedClass type, List<Weave> next) {
        return type.now().weaves().equals(next)
                && next.stream().noneMatch(Weave::armed)
                && !displaced.containsKey(type);
    }

    /** The class; what it will call is in place when this returns. */
    private byte[] weave(PatchedClass type, Class<?> defined, List<Weave> weaves)
            throws ClassBytes.RedefinitionProblem {
        if (weaves.isEmpty()) {
            return type.base();
        }
        try {
            Woven woven = Weaver.weave(type.base(), weaves, composition.transition());
            Outlining.putInPlace(defined, woven.outlined());
            return woven.bytes();
        } catch (WeavingProblem impossible) {
            throw new IllegalStateException(String.valueOf(impossible.getMessage()), impossible);
        } catch (Outlining.OutliningProblem refused) {
            throw new ClassBytes.RedefinitionProblem(refused);
        }
    }

    private PatchedClass.Now seen(
            Map<Class<?>, byte[]> captured, PatchedClass type, List<Weave> weaves) {
        byte[] bytes = type.type().map(captured::get).orElse(null);
        try {
            return bytes == null
                    ? PatchedClass.Now.unseen(weaves, composition.transition())
                    : new PatchedClass.Now(
                            weaves,
                            composition.transition(),
                            bytes,
                            ClassView.of(bytes).fingerprints());
        } catch (WeavingProblem unreadable) {
            return PatchedClass.Now.unseen(weaves, composition.transition());
        }
    }

    /**
     * Finds classes whose definition had begun when a patch was loaded, and patches them.
     *
     * @return whether one was found
     */
    boolean sweep(Composition now) {
        adoptArrived();
        List<PatchedClass> late = adoptLate(now);
        List<PatchedClass> stale = new ArrayList<>(late);
        for (PatchedClass type : classes) {
            if (type.type().isPresent()
                    && !late.contains(type)
                    && !type.now().weaves().equals(composition.weaves(type))) {
                stale.add(type);
            }
        }
        if (stale.isEmpty()) {
            return false;
        }
        try {
            redefine(stale);
        } catch (ClassBytes.RedefinitionProblem refused) {
            Contained.report("a class that was found late could not be patched", refused);
            return false;
        }
        return !late.isEmpty();
    }

    /** Whether a class of a patch is in the middle of its definition, unseen by the JVM's lists. */
    boolean hasOpenDefinitions() {
        Set<String> names = new LinkedHashSet<>();
        composition
                .patches()
                .values()
                .forEach(patch -> names.addAll(patch.classes().keySet()));
        Map<String, List<Class<?>>> loaded = find(names);
        return arrivals.begun(names).stream()
                .anyMatch(begun -> begun.isOpen(loaded.getOrDefault(begun.name(), List.of())));
    }

    /** Classes that our transformer patched while they were defined, once the JVM lists them. */
    private void adoptArrived() {
        for (PatchedClass type = arrivals.poll(); type != null; type = arrivals.poll()) {
            classes.add(type);
        }
        Set<String> unseen = new LinkedHashSet<>();
        for (PatchedClass type : classes) {
            if (type.type().isEmpty() && !type.isGone()) {
                unseen.add(type.name());
            }
        }
        if (!unseen.isEmpty()) {
            find(unseen).forEach((name, types) -> types.forEach(this::adopt));
        }
    }

    private void adopt(Class<?> defined) {
        String name = defined.getName().replace('.', '/');
        for (PatchedClass type : classes) {
            if (type.name().equals(name)
                    && type.type().isEmpty()
                    && type.isOf(defined.getClassLoader())) {
                type.setType(defined);
                settle(type, defined);
            }
        }
        guard.watch(classes);
    }

    private void settle(PatchedClass type, Class<?> defined) {
        try {
            examiner.settle(type, defined);
        } catch (WeavingProblem impossible) {
            Contained.report(
                    "'" + type.name().replace('/', '.') + "' can't be redefined any more",
                    impossible);
        }
    }

    private List<PatchedClass> adoptLate(Composition now) {
        List<PatchedClass> late = new ArrayList<>();
        for (LoadedPatch patch : now.patches().values()) {
            if (now.before().stream().noneMatch(entry -> entry.name().equals(patch.name()))
                    && now.after().stream().noneMatch(entry -> entry.name().equals(patch.name()))) {
                continue;
            }
            find(patch.classes().keySet()).forEach((name, types) -> {
                for (Class<?> type : types) {
                    PatchedClass found = known(type);
                    boolean isNew = found == null || !found.verdicts().containsKey(patch.name());
                    if (isNew && !unreadable.contains(type)) {
                        adoptLate(patch, name, type, late);
                    }
                }
            });
        }
        return late;
    }

    private void adoptLate(LoadedPatch patch, String name, Class<?> type, List<PatchedClass> late) {
        Examination found = new Examination.Examining(classBytes, examiner, this::known)
                .examine(patch, Map.of(name, List.of(type)));
        boolean exposed = !found.problems().isEmpty();
        if (found.verdicts().isEmpty()) {
            unreadable.add(type);
        } else {
            accept(patch, found);
            late.addAll(found.verdicts().keySet());
        }
        events.log(
                exposed ? "exposed" : "applying",
                patch.name(),
                patch.version(),
                "target",
                patch.targetOf(name),
                "loader",
                PatchedClass.nameOf(type.getClassLoader()),
                "detail",
                exposed
                        ? found.problems().stream()
                                .map(Examination.Problem::toString)
                                .collect(Collectors.joining("; "))
                        : "late: " + type.getName());
    }

    /** Reported once; weak, since a patch holds no loader. */
    private final Set<Class<?>> unreadable =
            java.util.Collections.newSetFromMap(new java.util.WeakHashMap<>());

    /** Told by the guard on another agent's thread: a body was put back, others' work on it is lost. */
    private void displaced(PatchedClass type, Set<MethodId> methods) {
        if (displaced.put(type, methods) == null) {
            log("displaced", type, type.name().replace('/', '.') + " " + methods);
            later.execute(this::restoreIfDue);
        }
    }

    /** When displaced classes are to be composed again, on the JVM's clock; none: far away. */
    long restoreDueNanos() {
        return displaced.isEmpty() ? System.nanoTime() + NEVER_NANOS : restoreNanos;
    }

    /**
     * Sends displaced classes through all agents again, from the untouched bytes with our bodies. The more
     * often it has to be done, the rarer: somebody may displace them in a loop.
     */
    void restoreIfDue() {
        long now = System.nanoTime();
        if (displaced.isEmpty() || now - restoreNanos < 0) {
            return;
        }
        boolean again = now - restoreNanos < RESTORE_PAUSE_MAX_NANOS;
        restorePauseNanos = again
                ? Math.min(RESTORE_PAUSE_MAX_NANOS, restorePauseNanos * 2)
                : RESTORE_PAUSE_MIN_NANOS;
        restoreNanos = now + restorePauseNanos;
        List<PatchedClass> some = new ArrayList<>(displaced.keySet());
        try {
            redefine(some);
            some.forEach(type -> log("restored", type, type.name().replace('/', '.')));
        } catch (ClassBytes.RedefinitionProblem | RuntimeException refused) {
            Contained.report(
                    "other agents' work on a patched class could not be composed again", refused);
        }
        some.forEach(displaced::remove);
    }

    private void log(String event, PatchedClass type, String detail) {
        for (LoadedPatch patch : composition.patches().values()) {
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

    private @Nullable PatchedClass known(Class<?> type) {
        for (PatchedClass each : classes) {
            if (each.type().orElse(null) == type) {
                return each;
            }
        }
        return null;
    }

    private Map<String, List<Class<?>>> find(Set<String> names) {
        return Examiner.find(instrumentation.getAllLoadedClasses(), names);
    }

    PatchApi api() {
        return api;
    }

    /** The classes that patches have touched. */
    List<PatchedClass> classes() {
        return classes;
    }

    /** A class's bytes as its loader would read them today differ from what the JVM holds. */
    boolean differsOnDisk(PatchedClass type, ClassPatch change) {
        Class<?> defined = type.type().orElse(null);
        byte[] disk =
                defined == null ? null : Examiner.onDisk(defined.getClassLoader(), type.name());
        if (disk == null) {
            return false;
        }
        try {
            Map<MethodId, String> there = ClassView.of(disk).fingerprints();
            return change.methods().stream()
                    .anyMatch(method -> !java.util.Objects.equals(
                            there.get(method.id()), type.baseFingerprints().get(method.id())));
        } catch (WeavingProblem unreadable) {
            return true;
        }
    }
}
