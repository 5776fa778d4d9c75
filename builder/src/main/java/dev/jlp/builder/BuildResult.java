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

    /** The changes that no patch can do, or that would not link. */
    public List<Change> refusals() {
        return changes.stream()
                .filter(change -> change.verdict() == Change.Verdict.REFUSED)
                .toList();
    }
}
