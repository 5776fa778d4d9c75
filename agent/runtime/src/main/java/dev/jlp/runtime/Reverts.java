package dev.jlp.runtime;

import dev.jlp.engine.MethodKey;
import dev.jlp.engine.MethodStacks;
import dev.jlp.engine.PatchEntry;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Link;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Linkage;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Methods that have a fix by themselves and are to lose it with the patch, so that the end state is the
 * same wherever the fix came from: the agent's {@code native=revert}. Used by the worker only.
 */
final class Reverts {

    private final boolean wanted;
    private final EventLog events;
    private final ClassBytes classBytes;
    private final Instances instances;

    Reverts(boolean wanted, EventLog events, ClassBytes classBytes, Instances instances) {
        this.wanted = wanted;
        this.events = events;
        this.classBytes = classBytes;
        this.instances = instances;
    }

    /**
     * A fix that an operation drops.
     *
     * @param type where
     * @param method which
     * @param patch whose fix it is, too
     */
    record Dropped(PatchedClass type, MethodId method, LoadedPatch patch) {

        @Override
        public String toString() {
            return "'" + type.name().replace('/', '.') + "." + method + "' in loader '"
                    + type.loaderName() + "'";
        }
    }

    /** What an operation drops of fixes that are there without a patch; nothing unless it is wanted. */
    List<Dropped> dropped(
            List<PatchEntry> before, List<PatchEntry> after, Map<String, LoadedPatch> patches) {
        List<Dropped> dropped = new ArrayList<>();
        if (!wanted) {
            return dropped;
        }
        for (MethodKey key : MethodStacks.affected(before, after)) {
            Optional<String> owner = MethodStacks.owner(before, key);
            LoadedPatch patch = owner.map(patches::get).orElse(null);
            if (patch != null && MethodStacks.owner(after, key).isEmpty()) {
                addNative(key, patch, dropped);
            }
        }
        return dropped;
    }

    private void addNative(MethodKey key, LoadedPatch patch, List<Dropped> dropped) {
        for (PatchedClass type : instances.all()) {
            Verdict.OfClass verdict = type.verdicts().get(patch.name());
            Verdict.OfMethod found = verdict == null ? null : verdict.methods().get(key.method());
            if (type.name().equals(key.className())
                    && type.type().isPresent()
                    && type.takes(patch.name())
                    && found != null
                    && found.verdict() == Verdict.NATIVE) {
                dropped.add(new Dropped(type, key.method(), patch));
            }
        }
    }

    /** Lets the bodies before be in force where no patch has the method; an instance as a whole or not. */
    void apply(List<Dropped> dropped) {
        Map<Instance, List<Dropped>> instancesOf = new LinkedHashMap<>();
        for (Dropped each : dropped) {
            PatchedClass type = each.type();
            instancesOf
                    .computeIfAbsent(
                            new Instance(each.patch().targetOf(type.name()), type.where()),
                            any -> new ArrayList<>())
                    .add(each);
        }
        instancesOf.forEach(this::apply);
    }

    private void apply(Instance instance, List<Dropped> dropped) {
        String problem = problem(dropped);
        if (problem.isEmpty()) {
            dropped.forEach(each -> each.type().reverted().put(each.method(), bodyBefore(each)));
        }
        LoadedPatch patch = dropped.get(0).patch();
        events.log(
                problem.isEmpty() ? "reverting" : "native",
                patch.name(),
                patch.version(),
                "target",
                instance.target(),
                "loader",
                instance.loader().name(),
                "detail",
                problem.isEmpty()
                        ? "the fix that it has by itself"
                        : "it keeps the fix that it has by itself: " + problem);
    }

    /** The operation did not begin, so the fixes stay. */
    void takeBack(List<Dropped> dropped) {
        dropped.forEach(each -> each.type().reverted().remove(each.method()));
    }

    private static byte[] bodyBefore(Dropped each) {
        ClassPatch change = each.patch().classes().get(each.type().name());
        if (change == null) {
            throw new IllegalStateException(each + " is not of '" + each.patch().name() + "'");
        }
        return change.before();
    }

    /** Why the bodies before can't be put there; empty if they can. */
    private String problem(List<Dropped> dropped) {
        Map<PatchedClass, List<Weave>> weaves = new LinkedHashMap<>();
        try {
            for (Dropped each : dropped) {
                byte[] before = bodyBefore(each);
                String missing = missing(each, before);
                if (!missing.isEmpty()) {
                    return missing;
                }
                weaves.computeIfAbsent(each.type(), any -> new ArrayList<>())
                        .add(Weave.both(each.method(), each.type().base(), before));
            }
            for (Map.Entry<PatchedClass, List<Weave>> each : weaves.entrySet()) {
                String refused = refusedBy(each.getKey(), each.getValue());
                if (!refused.isEmpty()) {
                    return refused;
                }
            }
            return "";
        } catch (WeavingProblem | Outlining.OutliningProblem problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    private String missing(Dropped each, byte[] before) throws WeavingProblem {
        Map<String, byte[]> held = new HashMap<>();
        for (PatchedClass type : instances.all()) {
            if (type.where().equals(each.type().where())) {
                held.put(type.name(), type.base());
            }
        }
        ClassLoader loader = each.type().loader();
        Linkage linkage = new Linkage(List.of(), held, name -> Examiner.linked(loader, name));
        for (Link link : ClassView.of(before).links(each.method())) {
            String missing = linkage.missing(link);
            if (!missing.isEmpty()) {
                return each + " would miss " + missing;
            }
        }
        return "";
    }

    private String refusedBy(PatchedClass type, List<Weave> weaves)
            throws WeavingProblem, Outlining.OutliningProblem {
        Class<?> defined = type.type().orElseThrow();
        Woven woven = Weaver.weave(type.base(), weaves, 1);
        Outlining.tryOut(defined, woven.outlined());
        return classBytes
                .dryRun(defined, woven.bytes())
                .problem()
                .lines()
                .findFirst()
                .orElse("");
    }
}
