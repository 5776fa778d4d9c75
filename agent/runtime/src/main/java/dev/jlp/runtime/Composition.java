package dev.jlp.runtime;

import dev.jlp.engine.MethodKey;
import dev.jlp.engine.PatchEntry;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which bodies the classes of this JVM have: computed from the patches in force before and after, never
 * remembered. Immutable; transformers read it on application threads.
 *
 * @param before patches in force for threads in the old universe, oldest first
 * @param after patches in force for threads in the new universe
 * @param affected methods of the running transition; empty when none runs
 * @param transition its number; 0 when none runs
 * @param patches everything loaded, by name
 */
record Composition(
        List<PatchEntry> before,
        List<PatchEntry> after,
        Set<MethodKey> affected,
        int transition,
        Map<String, LoadedPatch> patches) {

    static final Composition EMPTY = new Composition(List.of(), List.of(), Set.of(), 0, Map.of());

    /** At rest: everybody has the same bodies. */
    static Composition atRest(List<PatchEntry> inForce, Map<String, LoadedPatch> patches) {
        return new Composition(inForce, inForce, Set.of(), 0, patches);
    }

    /** Whether any patch in force, before or after, has this class. */
    boolean concerns(String className) {
        return anyHas(before, className) || anyHas(after, className);
    }

    /** The patches in force, before or after, oldest first. */
    List<LoadedPatch> inOrder() {
        Map<String, LoadedPatch> inForce = new LinkedHashMap<>();
        for (List<PatchEntry> entries : List.of(before, after)) {
            for (PatchEntry entry : entries) {
                LoadedPatch patch = patches.get(entry.name());
                if (patch != null) {
                    inForce.put(entry.name(), patch);
                }
            }
        }
        return List.copyOf(inForce.values());
    }

    private boolean anyHas(List<PatchEntry> entries, String className) {
        for (PatchEntry entry : entries) {
            LoadedPatch patch = patches.get(entry.name());
            if (patch != null && patch.classes().containsKey(className)) {
                return true;
            }
        }
        return false;
    }

    /** The bodies of one class that are not simply those of its base. */
    List<Weave> weaves(PatchedClass type) {
        Set<MethodId> methods = new TreeSet<>();
        List<PatchEntry> old = before(type);
        addMethods(old, type, methods);
        addMethods(after, type, methods);
        methods.addAll(type.reverted().keySet());
        List<Weave> weaves = new ArrayList<>();
        for (MethodId method : methods) {
            byte[] oldBody = body(old, type, method);
            if (affected.contains(new MethodKey(type.name(), method))) {
                weaves.add(Weave.both(method, oldBody, body(after, type, method)));
            } else if (oldBody != type.base()) {
                weaves.add(Weave.single(method, oldBody));
            }
        }
        return weaves;
    }

    /** Grafted patches are in force before they are loaded, in the classes that came with them. */
    private List<PatchEntry> before(PatchedClass type) {
        List<PatchEntry> all = new ArrayList<>(before);
        for (PatchEntry entry : after) {
            boolean comes = before.stream().noneMatch(old -> old.name().equals(entry.name()));
            if (comes && type.grafted().containsKey(entry.name())) {
                all.add(entry);
            }
        }
        return all;
    }

    /** With more patches on top that everybody has. */
    Composition with(List<PatchEntry> more, Map<String, LoadedPatch> all) {
        List<PatchEntry> moreBefore = new ArrayList<>(before);
        List<PatchEntry> moreAfter = new ArrayList<>(after);
        moreBefore.addAll(more);
        moreAfter.addAll(more);
        return new Composition(moreBefore, moreAfter, affected, transition, all);
    }

    private void addMethods(List<PatchEntry> entries, PatchedClass type, Set<MethodId> methods) {
        for (PatchEntry entry : entries) {
            LoadedPatch patch = patches.get(entry.name());
            if (patch != null && type.takes(entry.name())) {
                Verdict.OfClass verdict = type.verdicts().get(entry.name());
                for (MethodId method : patch.methods(type.name())) {
                    if (verdict != null && verdict.isPatchable(method)) {
                        methods.add(method);
                    }
                }
            }
        }
    }

    /** The newest patch that changes the method; none: the original. A quiesce method changes nothing. */
    private byte[] body(List<PatchEntry> entries, PatchedClass type, MethodId method) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            LoadedPatch patch = patches.get(entries.get(i).name());
            if (patch != null
                    && type.takes(patch.name())
                    && patch.methods(type.name()).contains(method)
                    && !patch.isQuiesce(type.name(), method)) {
                Verdict.OfClass verdict = type.verdicts().get(patch.name());
                boolean replaced = verdict != null && verdict.isPatchable(method);
                return replaced ? patch.after(type.name()) : type.base();
            }
        }
        return type.original(method);
    }
}
