package dev.jlp.engine;

import dev.jlp.patch.Patch;
import dev.jlp.patch.Version;

/**
 * A patch in the list of one JVM.
 *
 * @param name unique in the list
 * @param version ordered within the set
 * @param digest of the artifact: what "the same patch" means
 * @param rule which active patches it replaces
 * @param contents what it changes and declares
 * @param life where it is
 * @param forced a transition of it was forced: it may never be unloaded
 */
public record PatchEntry(
        String name,
        Version version,
        String digest,
        ReplaceRule rule,
        Contents contents,
        Life life,
        boolean forced) {

    /** The entry of a patch that is being loaded. */
    public static PatchEntry loading(Patch patch, String digest) {
        return new PatchEntry(
                patch.name(),
                patch.version(),
                digest,
                ReplaceRule.of(patch),
                Contents.of(patch),
                Life.ENABLING,
                false);
    }

    /** The same patch, further on in its life. */
    public PatchEntry become(Life next) {
        if (!life.mayBecome(next)) {
            throw new IllegalStateException(
                    "patch '" + name + "' is " + life.word() + " and can't become " + next.word());
        }
        return new PatchEntry(name, version, digest, rule, contents, next, forced);
    }

    /** The same patch, pinned for ever. */
    public PatchEntry pinned() {
        return new PatchEntry(name, version, digest, rule, contents, life, true);
    }

    /** Whether this patch, when loaded, takes the place of another active one. */
    public boolean replaces(PatchEntry other) {
        return rule.covers(other.rule);
    }
}
