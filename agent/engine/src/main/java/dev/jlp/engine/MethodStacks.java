package dev.jlp.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one rule: which body is in force is computed from the ordered list of patches, the newest that
 * has the method, else the original. Kernel counterpart: the func stack and its nops.
 */
public final class MethodStacks {

    private MethodStacks() {}

    /** The owner of the body in force, or none for the original. */
    public static Optional<String> owner(List<PatchEntry> inForce, MethodKey method) {
        for (int i = inForce.size() - 1; i >= 0; i--) {
            if (inForce.get(i).contents().methods().contains(method)) {
                return Optional.of(inForce.get(i).name());
            }
        }
        return Optional.empty();
    }

    /** The whole stacks: who has a body for each method, the one in force first. */
    public static SortedMap<MethodKey, List<String>> all(List<PatchEntry> inForce) {
        SortedMap<MethodKey, List<String>> stacks = new TreeMap<>();
        for (PatchEntry entry : inForce) {
            for (MethodKey method : entry.contents().methods()) {
                stacks.computeIfAbsent(method, any -> new ArrayList<>()).add(0, entry.name());
            }
        }
        return stacks;
    }

    /** The methods of a transition: those of a patch that comes or leaves, which covers every change of owner. */
    public static Set<MethodKey> affected(List<PatchEntry> before, List<PatchEntry> after) {
        Set<MethodKey> affected = new TreeSet<>();
        addMissing(before, after, affected);
        addMissing(after, before, affected);
        return affected;
    }

    private static void addMissing(
            List<PatchEntry> from, List<PatchEntry> in, Set<MethodKey> affected) {
        for (PatchEntry entry : from) {
            if (in.stream().noneMatch(other -> other.name().equals(entry.name()))) {
                affected.addAll(entry.contents().methods());
                affected.addAll(entry.contents().quiesce());
            }
        }
    }

    /** As traces name methods: class with dots, then method name, then descriptors. */
    public static Map<String, Map<String, Set<String>>> byName(Set<MethodKey> affected) {
        Map<String, Map<String, Set<String>>> names = new HashMap<>();
        for (MethodKey key : affected) {
            names.computeIfAbsent(key.className().replace('/', '.'), any -> new HashMap<>())
                    .computeIfAbsent(key.method().name(), any -> new HashSet<>())
                    .add(key.method().descriptor());
        }
        return names;
    }
}
