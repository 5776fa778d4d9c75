package dev.jlp.runtime;

import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** The classes that patches have touched, of all loaders, with their verdicts. Used by the worker only. */
final class Instances {

    private final Instrumentation instrumentation;
    private final Exposures exposures;
    private final List<PatchedClass> classes = new ArrayList<>();

    /** Those that were asked for: a library may be there a thousand times. Its values hold their keys weakly. */
    private final Map<Class<?>, PatchedClass> byType = new WeakHashMap<>();

    Instances(Instrumentation instrumentation, Exposures exposures) {
        this.instrumentation = instrumentation;
        this.exposures = exposures;
    }

    List<PatchedClass> all() {
        return classes;
    }

    void add(PatchedClass type) {
        classes.add(type);
    }

    /** Forgets the classes whose loader was collected, and answers them. */
    List<PatchedClass> removeGone() {
        List<PatchedClass> gone = classes.stream().filter(PatchedClass::isGone).toList();
        classes.removeAll(gone);
        return gone;
    }

    /** Whether there is a class whose loader may be collected. */
    boolean mayLeave() {
        return classes.stream().anyMatch(type -> type.where().mayLeave());
    }

    /** Those that got their bodies while they were defined, and that the JVM has not listed yet. */
    List<PatchedClass> unseen() {
        return classes.stream()
                .filter(type -> type.type().isEmpty() && !type.isGone())
                .toList();
    }

    @Nullable
    PatchedClass known(Class<?> type) {
        PatchedClass found = byType.get(type);
        for (int i = 0; found == null && i < classes.size(); i++) {
            if (classes.get(i).type().orElse(null) == type) {
                found = classes.get(i);
                byType.put(type, found);
            }
        }
        return found;
    }

    /** All classes of these names that the JVM has, by name. */
    Map<String, List<Class<?>>> find(Set<String> names) {
        return Examiner.find(instrumentation.getAllLoadedClasses(), names);
    }

    /** Classes of a loader that were taken for fixed are examined again. */
    void forgetVerdicts(String patch, LoaderRef loader) {
        for (PatchedClass type : classes) {
            Verdict.OfClass verdict = type.verdicts().get(patch);
            if (verdict != null
                    && verdict.verdict() == Verdict.NATIVE
                    && type.where().equals(loader)) {
                type.verdicts().remove(patch);
            }
        }
    }

    /** Accepts the verdicts of a patch, and defines its new classes. */
    void accept(LoadedPatch patch, Examination examination) {
        examination.verdicts().forEach((type, verdict) -> {
            type.verdicts().put(patch.name(), verdict);
            if (!classes.contains(type)) {
                classes.add(type);
            }
        });
        expose(patch, examination);
        for (Target target : patch.order().ordered()) {
            defineAdded(patch, target, examination);
        }
    }

    /** An instance is patched whole or not at all: one class that can't be exposes the others. */
    private void expose(LoadedPatch patch, Examination examination) {
        for (Examination.Problem problem : examination.problems()) {
            exposures.add(
                    patch.name(),
                    problem.where(),
                    new Exposures.Exposure(false, problem.toString()));
        }
        for (PatchedClass type : examination.verdicts().keySet()) {
            Instance instance = new Instance(patch.targetOf(type.name()), type.where());
            if (exposures.contains(patch.name(), instance)) {
                type.exposed().put(patch.name(), true);
            } else {
                type.exposed().remove(patch.name());
            }
        }
    }

    private static void defineAdded(LoadedPatch patch, Target target, Examination examination) {
        Set<ClassLoader> done = new LinkedHashSet<>();
        for (PatchedClass type : examination.verdicts().keySet()) {
            boolean mine =
                    target.classes().stream().anyMatch(change -> change.name().equals(type.name()));
            ClassLoader loader = type.loader();
            boolean isPatched = examination.verdicts().get(type).verdict() == Verdict.PATCHABLE
                    && type.takes(patch.name());
            if (mine && loader != null && isPatched && done.add(loader)) {
                patch.order()
                        .define(target, loader, type.type().orElseThrow().getProtectionDomain());
            }
        }
    }
}
