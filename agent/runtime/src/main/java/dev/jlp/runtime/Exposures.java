package dev.jlp.runtime;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instances that a patch can't be applied to, for classes of theirs that are still to come. Read and
 * written by the worker and by application threads that define classes.
 */
final class Exposures {

    private final Map<Key, Exposure> known = new ConcurrentHashMap<>();

    /**
     * One patch and one instance.
     *
     * @param patch by name
     * @param instance the target in its loader
     */
    private record Key(String patch, Instance instance) {}

    /**
     * What becomes of an instance's further classes.
     *
     * @param refused they are not defined; else they are, without the patch
     * @param why in words
     */
    record Exposure(boolean refused, String why) {}

    /** Answers whether it is news. */
    boolean add(String patch, Instance instance, Exposure exposure) {
        known.keySet().removeIf(key -> key.instance().loader().isGone());
        return known.putIfAbsent(new Key(patch, instance), exposure) == null;
    }

    boolean contains(String patch, Instance instance) {
        return known.containsKey(new Key(patch, instance));
    }

    /** Why its classes are refused; empty if they are not. */
    String refusal(String patch, Instance instance) {
        Exposure found = known.get(new Key(patch, instance));
        return found != null && found.refused() ? found.why() : "";
    }

    /** Loaders in which a patch's target is refused. */
    Set<LoaderRef> refused(String patch, String target) {
        Set<LoaderRef> refused = new LinkedHashSet<>();
        known.forEach((key, exposure) -> {
            if (exposure.refused()
                    && key.patch().equals(patch)
                    && key.instance().target().equals(target)
                    && !key.instance().loader().isGone()) {
                refused.add(key.instance().loader());
            }
        });
        return refused;
    }

    /** The patch is loaded anew: it finds out again. */
    void forget(String patch) {
        known.keySet().removeIf(key -> key.patch().equals(patch));
    }
}
