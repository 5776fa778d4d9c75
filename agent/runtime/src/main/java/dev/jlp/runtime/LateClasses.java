package dev.jlp.runtime;

import dev.jlp.patch.Target;
import dev.jlp.weaver.WeavingProblem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * Finds classes that came by another way than a load: those that got their bodies while they were defined,
 * once the JVM lists them, and those whose definition had begun when the patch was loaded. Used by the
 * worker only.
 */
final class LateClasses {

    private final EventLog events;
    private final ClassBytes classBytes;
    private final Examiner examiner;
    private final FixedInstances fixedInstances;
    private final Instances instances;
    private final Arrivals arrivals;
    private final Guard guard;
    private final CallbackTable callbacks;

    /** Reported once; weak, since a patch holds no loader. */
    private final Set<Class<?>> unreadable = Collections.newSetFromMap(new WeakHashMap<>());

    LateClasses(
            EventLog events,
            ClassBytes classBytes,
            Examiner examiner,
            FixedInstances fixedInstances,
            Instances instances,
            Arrivals arrivals,
            Guard guard,
            CallbackTable callbacks) {
        this.events = events;
        this.classBytes = classBytes;
        this.examiner = examiner;
        this.fixedInstances = fixedInstances;
        this.instances = instances;
        this.arrivals = arrivals;
        this.guard = guard;
        this.callbacks = callbacks;
    }

    /** Whether a class of a patch is being defined, unseen by the JVM's lists, and may lack its bodies. */
    boolean areOpen(Composition now) {
        Set<String> names = new LinkedHashSet<>();
        now.patches().values().forEach(patch -> names.addAll(patch.classes().keySet()));
        Map<String, List<Class<?>>> loaded = instances.find(names);
        return arrivals.begun(names).stream()
                .anyMatch(begun -> begun.isOpen(
                        loaded.getOrDefault(begun.name(), List.of()), now.transition()));
    }

    /** Classes that our transformer patched while they were defined, once the JVM lists them. */
    void adoptArrived() {
        for (PatchedClass type = arrivals.poll(); type != null; type = arrivals.poll()) {
            instances.add(type);
        }
        for (FixedInstances.Key key = fixedInstances.pollMistaken();
                key != null;
                key = fixedInstances.pollMistaken()) {
            instances.forgetVerdicts(key.patch(), key.instance().loader());
        }
        List<PatchedClass> unseen = instances.unseen();
        Set<String> names = unseen.stream().map(PatchedClass::name).collect(Collectors.toSet());
        if (names.isEmpty()) {
            return;
        }
        instances
                .find(names)
                .forEach((name, types) -> types.forEach(defined -> adopt(name, defined, unseen)));
        guard.watch(instances.all());
    }

    private void adopt(String name, Class<?> defined, List<PatchedClass> unseen) {
        for (PatchedClass type : unseen) {
            if (type.name().equals(name)
                    && type.type().isEmpty()
                    && type.isOf(defined.getClassLoader())) {
                type.setType(defined);
                settle(type, defined);
            }
        }
    }

    private void settle(PatchedClass type, Class<?> defined) {
        try {
            examiner.settle(type, defined);
        } catch (WeavingProblem impossible) {
            Contained.report(
                    "'" + type.name().replace('/', '.') + "' can't be redefined", impossible);
        }
    }

    /**
     * All loaded classes of a patch, by name. Those that our transformer patched are known as such: what
     * the JVM lists has passed it, so they are adopted after the list is made. The other way round, one that
     * appears in between would be taken for an original with another body.
     */
    Map<String, List<Class<?>>> loaded(LoadedPatch patch) {
        Map<String, List<Class<?>>> listed = instances.find(patch.classes().keySet());
        adoptArrived();
        return listed;
    }

    /** Classes of patches in force that no patch has a verdict of yet; they have one then. */
    List<PatchedClass> adoptLate(Composition now) {
        List<PatchedClass> late = new ArrayList<>();
        for (LoadedPatch patch : now.inOrder()) {
            loaded(patch)
                    .forEach((name, types) ->
                            types.forEach(type -> adoptLate(patch, name, type, late)));
        }
        return late;
    }

    private void adoptLate(LoadedPatch patch, String name, Class<?> type, List<PatchedClass> late) {
        PatchedClass known = instances.known(type);
        boolean isNew = known == null || !known.verdicts().containsKey(patch.name());
        if (!isNew || unreadable.contains(type)) {
            return;
        }
        Examination found = new Examination.Examining(
                        classBytes, examiner, fixedInstances, instances::known)
                .examine(patch, Map.of(name, List.of(type)));
        if (found.problems().isEmpty() && !admits(patch, name, type, found)) {
            return;
        }
        if (found.verdicts().isEmpty()) {
            unreadable.add(type);
        } else {
            instances.accept(patch, found);
            guard.watch(instances.all());
            late.addAll(found.verdicts().keySet());
        }
        log(patch, type, found);
    }

    /** Whether the callbacks of its instance have had their turn. */
    private boolean admits(LoadedPatch patch, String name, Class<?> type, Examination found) {
        Target target = patch.target(name);
        return found.instances(patch).isEmpty()
                || callbacks.admits(
                        patch, target, Instance.of(target.name(), type.getClassLoader()));
    }

    private void log(LoadedPatch patch, Class<?> type, Examination found) {
        boolean exposed = !found.problems().isEmpty();
        events.log(
                exposed ? "exposed" : "applying",
                patch.name(),
                patch.version(),
                "target",
                patch.targetOf(type.getName().replace('.', '/')),
                "loader",
                LoaderRef.nameOf(type.getClassLoader()),
                "detail",
                exposed
                        ? found.problems().stream()
                                .map(Examination.Problem::toString)
                                .collect(Collectors.joining("; "))
                        : "late: " + type.getName());
    }
}
