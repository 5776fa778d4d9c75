package dev.jlp.cli;

import dev.jlp.builder.BuildResult;
import dev.jlp.patch.Difference;
import dev.jlp.patch.Difference.Verdict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What became of each difference, for people. */
final class BuildText {

    private BuildText() {}

    /** The changes below their classes, then the notes that are not about one of them. */
    static String changes(BuildResult result) {
        Map<String, StringBuilder> types = new LinkedHashMap<>();
        for (Difference change : result.differences()) {
            String type = change.target() + ": " + change.className().replace('/', '.');
            types.computeIfAbsent(type, title -> new StringBuilder(title).append('\n'))
                    .append("  ")
                    .append(ChangeText.line(change))
                    .append('\n');
        }
        StringBuilder text = new StringBuilder();
        types.values().forEach(text::append);
        for (String note : ChangeText.notes(result.notes())) {
            text.append("note: ").append(note).append('\n');
        }
        return text.toString();
    }

    /** How many changes had which fate. */
    static String summary(BuildResult result) {
        int taken = count(result, Difference::taken);
        int withCare = count(
                result, change -> change.taken() && change.verdict() == Verdict.DONE_WITH_CARE);
        int leftOut = count(result, change -> !ChangeText.isDone(change));
        return Words.count(taken, "change") + " taken"
                + (withCare == 0 ? "" : ", " + withCare + " of them with care")
                + (leftOut == 0 ? "" : ", " + leftOut + " left out");
    }

    /** Why nothing was written: what is refused, and what only the author can say. */
    static String refusal(BuildResult result) {
        int refused = count(result, change -> change.verdict() == Verdict.REFUSED);
        int open = count(result, change -> change.verdict() == Verdict.NEEDS_CALLBACK);
        String first = refused == 0 ? "" : counted(refused) + " refused";
        String second = open == 0
                ? ""
                : (refused == 0 ? counted(open) + " open" : open + " open")
                        + " until '--callbacks' say what to do";
        return Words.joined(" and ", first, second);
    }

    private static String counted(int count) {
        return Words.count(count, "change") + (count == 1 ? " is" : " are");
    }

    private static int count(BuildResult result, Predicate<Difference> which) {
        return Math.toIntExact(result.differences().stream().filter(which).count());
    }
}
