package dev.jlp.engine;

import dev.jlp.patch.MethodId;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Replace;
import dev.jlp.patch.Version;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A patch in the list of one JVM.
 *
 * @param name unique in the list
 * @param version ordered within the set
 * @param digest of the artifact: what "the same patch" means
 * @param replace which active patches it replaces
 * @param replaceSet its set
 * @param supersedes patches whose fixes it may drop
 * @param methods what it changes, quiesce methods included
 * @param life where it is
 * @param forced a transition of it was forced: it may never be unloaded
 */
public record PatchEntry(
        String name,
        Version version,
        String digest,
        Replace replace,
        String replaceSet,
        List<String> supersedes,
        Set<MethodKey> methods,
        Life life,
        boolean forced) {

    /** The entry of a patch that is being loaded. */
    public static PatchEntry loading(Patch patch, String digest) {
        Set<MethodKey> methods = patch.targets().stream()
                .flatMap(target -> target.classes().stream())
                .flatMap(type ->
                        type.methods().stream().map(method -> key(type.name(), method.id())))
                .collect(Collectors.toUnmodifiableSet());
        return new PatchEntry(
                patch.name(),
                patch.version(),
                digest,
                patch.replace(),
                patch.replaceSet(),
                patch.supersedes(),
                methods,
                Life.ENABLING,
                false);
    }

    private static MethodKey key(String className, MethodId method) {
        return new MethodKey(className, method);
    }

    /** The same patch, further on in its life. */
    public PatchEntry become(Life next) {
        if (!life.mayBecome(next)) {
            throw new IllegalStateException(
                    "patch '" + name + "' is " + life.word() + " and can't become " + next.word());
        }
        return new PatchEntry(
                name, version, digest, replace, replaceSet, supersedes, methods, next, forced);
    }

    /** The same patch, pinned for ever. */
    public PatchEntry pinned() {
        return new PatchEntry(
                name, version, digest, replace, replaceSet, supersedes, methods, life, true);
    }

    /** Whether this patch, when loaded, takes the place of another active one. */
    public boolean replaces(PatchEntry other) {
        return switch (replace) {
            case SET -> replaceSet.equals(other.replaceSet);
            case ALL -> true;
            case NONE -> false;
        };
    }
}
