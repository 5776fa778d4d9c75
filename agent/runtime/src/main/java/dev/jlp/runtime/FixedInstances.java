package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Loaders that have the fixed release by themselves. Some classes are the same in both releases, and are
 * patched where other classes are, since a field that they read lives elsewhere then; they don't tell which
 * release they belong to, those that differ do.
 *
 * <p>Read and written by the worker and by application threads that define classes; no lock.
 */
final class FixedInstances {

    /** What is known of an instance. */
    private enum Release {
        ORIGINAL,
        FIXED,
        /** As the loader's files say; the JVM may have opened them before they were replaced. */
        FIXED_ON_DISK
    }

    /**
     * One patch and one instance.
     *
     * @param digest of the patch
     * @param patch its name
     * @param instance the target in its loader
     */
    record Key(String digest, String patch, Instance instance) {

        private static Key of(LoadedPatch patch, Instance instance) {
            return new Key(patch.digest(), patch.name(), instance);
        }
    }

    private final Map<Key, Release> known = new ConcurrentHashMap<>();
    private final Queue<Key> mistaken = new ConcurrentLinkedQueue<>();

    /** The verdict of a class in the light of the release that its loader has. */
    Verdict.OfClass verdict(
            LoadedPatch patch, Instance instance, ClassPatch change, Verdict.OfClass verdict) {
        if (change.tellsReleases()) {
            note(
                    Key.of(patch, instance),
                    verdict.verdict() == Verdict.NATIVE ? Release.FIXED : Release.ORIGINAL);
            return verdict;
        }
        return verdict.verdict() == Verdict.PATCHABLE && isFixed(patch, instance)
                ? verdict.nativeFix()
                : verdict;
    }

    private void note(Key key, Release release) {
        Release before = known.put(key, release);
        if (before == Release.FIXED_ON_DISK && release == Release.ORIGINAL) {
            mistaken.add(key);
        }
    }

    private boolean isFixed(LoadedPatch patch, Instance instance) {
        Key key = Key.of(patch, instance);
        Release release = known.get(key);
        if (release == null && isFixedOnDisk(patch, instance)) {
            release = known.putIfAbsent(key, Release.FIXED_ON_DISK);
            return release != Release.ORIGINAL;
        }
        return release == Release.FIXED || release == Release.FIXED_ON_DISK;
    }

    /** None of the classes that tell has been defined. Files are asked where that runs nobody's code. */
    private static boolean isFixedOnDisk(LoadedPatch patch, Instance instance) {
        ClassLoader loader = instance.loader().get();
        if (!ArrivingLinkage.readsFilesOnly(loader)) {
            return false;
        }
        for (Target target : patch.patch().targets()) {
            for (ClassPatch change : target.classes()) {
                if (target.name().equals(instance.target()) && change.tellsReleases()) {
                    return isFixed(change, Examiner.onDisk(loader, change.name()));
                }
            }
        }
        return false;
    }

    /** Whether these bytes are the fixed release's class. */
    private static boolean isFixed(ClassPatch change, byte @Nullable [] bytes) {
        try {
            return bytes != null && ClassView.of(bytes).fingerprint().equals(change.fixed());
        } catch (WeavingProblem unreadable) {
            return false;
        }
    }

    /** Loaders have gone. */
    void forgetGone() {
        known.keySet().removeIf(each -> each.instance().loader().isGone());
    }

    /** An instance that was taken for fixed and is not, as a class shows that came since; null if none is left. */
    @Nullable
    Key pollMistaken() {
        return mistaken.poll();
    }
}
