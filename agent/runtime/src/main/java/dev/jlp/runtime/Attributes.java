package dev.jlp.runtime;

import dev.jlp.engine.Life;
import dev.jlp.engine.PatchEntry;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.management.ObjectName;

/**
 * What the kernel shows in sysfs, as values: made by the worker after its steps, shown by {@link ManagedPatches}. Used
 * by the worker only.
 */
final class Attributes {

    private final Livepatch livepatch;
    private final ManagedPatches shown;

    Attributes(Livepatch livepatch, ManagedPatches shown) {
        this.livepatch = livepatch;
        this.shown = shown;
    }

    /** Hands on what is now, if it is not what was. */
    void publish() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (PatchEntry entry : livepatch.list().entries()) {
            all.put("jlp:type=Patch,name=" + value(entry.name()), ofPatch(entry));
            LoadedPatch loaded = livepatch.patches().get(entry.name());
            if (loaded != null) {
                addTargets(all, entry, loaded.patch());
            }
        }
        shown.publish(all);
    }

    private void addTargets(Map<String, Map<String, Object>> all, PatchEntry entry, Patch patch) {
        Set<String> patched = entry.life().isActive() ? patched(entry, patch) : Set.of();
        for (Target target : patch.targets()) {
            String name = "jlp:type=Target,patch=" + value(entry.name()) + ",name="
                    + value(target.name());
            all.put(name, Map.of("patched", patched.contains(target.name()) ? 1 : 0));
        }
    }

    private Map<String, Object> ofPatch(PatchEntry entry) {
        Running now = livepatch.running();
        Life life = entry.life();
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("version", entry.version().text());
        attributes.put("state", life.word());
        attributes.put("enabled", life == Life.ENABLED || life == Life.ENABLING ? 1 : 0);
        attributes.put("transition", now != null && now.patch.name().equals(entry.name()) ? 1 : 0);
        attributes.put("force", entry.forced() ? 1 : 0);
        attributes.put("replace", entry.rule().replace().word());
        attributes.put("replace_set", entry.rule().set());
        attributes.put("stack_order", livepatch.list().stackOrder(entry.name()));
        return attributes;
    }

    /** The targets that have an instance in which the patch is in force; one is patched whole or not at all. */
    private Set<String> patched(PatchEntry entry, Patch patch) {
        Map<String, String> targets = new HashMap<>();
        for (Target target : patch.targets()) {
            target.classes().forEach(type -> targets.put(type.name(), target.name()));
        }
        Map<Instance, Boolean> whole = new HashMap<>();
        for (PatchedClass type : livepatch.world().classes()) {
            String target = targets.get(type.name());
            if (target != null && type.verdicts().containsKey(entry.name()) && !type.isGone()) {
                whole.merge(
                        new Instance(target, type.where()),
                        type.takes(entry.name()),
                        (one, other) -> one && other);
            }
        }
        Exposures exposures = livepatch.world().exposures();
        return whole.keySet().stream()
                .filter(instance -> whole.getOrDefault(instance, false))
                .filter(instance ->
                        !exposures.refused(entry.name(), instance.target).contains(instance.where))
                .map(Instance::target)
                .collect(Collectors.toSet());
    }

    /** A target in one loader. */
    private record Instance(String target, LoaderRef where) {}

    /** As it is where that can be, since people type these names. */
    private static String value(String text) {
        boolean plain = text.chars().noneMatch(each -> ",=:\"*?\n\\".indexOf(each) >= 0);
        return plain && !text.isEmpty() ? text : ObjectName.quote(text);
    }
}
