package dev.jlp.runtime;

import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.PatchList;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The patches that are listed in this JVM, and their content. Used by the worker only. */
final class Patches {

    private PatchList list = PatchList.EMPTY;
    private final Map<String, LoadedPatch> loaded = new HashMap<>();

    PatchList list() {
        return list;
    }

    Map<String, LoadedPatch> loaded() {
        return loaded;
    }

    /** The content of a patch that is listed. */
    LoadedPatch get(String name) {
        LoadedPatch patch = loaded.get(name);
        if (patch == null) {
            throw new IllegalStateException("patch '" + name + "' is listed but not there");
        }
        return patch;
    }

    void change(UnaryOperator<PatchList> step) {
        list = step.apply(list);
    }

    /**
     * Lists a patch, in place of its own remnant if there is one.
     *
     * @return takes it back, as if it had never come
     */
    Runnable add(LoadedPatch patch, PatchEntry entry) {
        PatchList before = list;
        LoadedPatch remnant = loaded.put(patch.name(), patch);
        list = list.load(entry);
        return () -> {
            takeBack(patch.name(), before);
            loaded.remove(patch.name());
            if (remnant != null) {
                loaded.put(patch.name(), remnant);
            }
        };
    }

    /** The list as it was, without what was unloaded meanwhile, while callbacks ran. */
    private void takeBack(String name, PatchList before) {
        PatchList now = list;
        list = new PatchList(
                before.entries().stream()
                        .filter(entry -> entry.name().equals(name)
                                || now.find(entry.name()).isPresent())
                        .toList(),
                before.highest());
    }

    void remove(String name) {
        list = list.unload(name);
        loaded.remove(name);
    }

    Composition atRest(List<PatchEntry> inForce) {
        return Composition.atRest(inForce, Map.copyOf(loaded));
    }
}
