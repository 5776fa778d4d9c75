package dev.jlp.engine;

import dev.jlp.patch.Patch;
import dev.jlp.patch.Replace;

import java.util.List;

/**
 * Which active patches a patch takes the place of.
 *
 * @param replace by set, all or none
 * @param set its set
 * @param supersedes patches whose fixes it may drop
 */
public record ReplaceRule(Replace replace, String set, List<String> supersedes) {

    static ReplaceRule of(Patch patch) {
        return new ReplaceRule(patch.replace(), patch.replaceSet(), patch.supersedes());
    }

    boolean covers(ReplaceRule other) {
        return switch (replace) {
            case SET -> set.equals(other.set);
            case ALL -> true;
            case NONE -> false;
        };
    }
}
