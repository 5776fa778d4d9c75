package dev.jlp.runtime;

import dev.jlp.engine.PatchEntry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** States of lists of patches. */
final class OwnedStates {

    private OwnedStates() {}

    /** Versions by id, of the newest patch below this one that has the state. Kernel: 4.4, "previous". */
    static Map<String, Integer> below(List<PatchEntry> active, String patch) {
        Map<String, Integer> versions = new HashMap<>();
        for (PatchEntry entry : active) {
            if (entry.name().equals(patch)) {
                break;
            }
            versions.putAll(entry.contents().states());
        }
        return Map.copyOf(versions);
    }

    /** States that a patch before or after the transition has, and none that is active now. */
    static Set<String> vanished(Composition ended, List<PatchEntry> active) {
        Set<String> states = new HashSet<>();
        ended.before().forEach(entry -> states.addAll(entry.contents().states().keySet()));
        ended.after().forEach(entry -> states.addAll(entry.contents().states().keySet()));
        active.forEach(entry -> states.removeAll(entry.contents().states().keySet()));
        return states;
    }
}
