package dev.jlp.builder;

import dev.jlp.patch.Difference;
import dev.jlp.patch.Patch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a build came to.
 *
 * @param patch nothing if a change that was asked for is refused, or if nothing is left to take
 * @param changes every difference, in the order of targets and classes
 * @param notes what else people should know, a sentence each
 */
public record BuildResult(Optional<Patch> patch, List<Change> changes, List<String> notes) {

    /** Every difference as artifacts and documents have it. */
    public List<Difference> differences() {
        return differences(changes);
    }

    static List<Difference> differences(List<Change> changes) {
        return changes.stream().map(BuildResult::difference).toList();
    }

    private static Difference difference(Change change) {
        return new Difference(
                change.target().isEmpty() ? "unknown" : change.target(),
                change.className(),
                change.member(),
                change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Difference.Verdict.valueOf(change.verdict().name()),
                change.taken(),
                change.reason());
    }

    /** The changes that no patch can do, that would not link, or that need a callback. */
    public List<Change> refusals() {
        return changes.stream()
                .filter(change -> change.verdict() == Change.Verdict.REFUSED
                        || change.verdict() == Change.Verdict.NEEDS_CALLBACK)
                .toList();
    }
}
