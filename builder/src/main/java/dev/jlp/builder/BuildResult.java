package dev.jlp.builder;

import dev.jlp.patch.Patch;

import java.util.List;
import java.util.Optional;

/**
 * What a build came to.
 *
 * @param patch nothing if a change that was asked for is refused, or if nothing is left to take
 * @param changes every difference, in the order of targets and classes
 * @param notes what else people should know, a sentence each
 */
public record BuildResult(Optional<Patch> patch, List<Change> changes, List<String> notes) {

    /** The changes that no patch can do, that would not link, or that need a callback. */
    public List<Change> refusals() {
        return changes.stream()
                .filter(change -> change.verdict() == Change.Verdict.REFUSED
                        || change.verdict() == Change.Verdict.NEEDS_CALLBACK)
                .toList();
    }
}
