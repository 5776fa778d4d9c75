package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.patch.Difference;
import dev.jlp.patch.Difference.Verdict;

import java.util.List;
import java.util.Locale;

/** The verdicts of a build: the same words where a patch is built and where it is inspected. */
final class ChangeText {

    /** What could be done and is not, since it was not chosen or not needed. */
    static final String LEFT_OUT = "left out";

    /** How a note begins that repeats a change. */
    private static final List<String> REPEATING = List.of("left out: ", "with care: ");

    private ChangeText() {}

    /** The verdict's word, or that the patch leaves the change out. */
    static String fate(Difference change) {
        boolean nothingToDo = change.kind().equals("removed-class");
        boolean doable =
                change.verdict() == Verdict.DONE || change.verdict() == Verdict.DONE_WITH_CARE;
        return change.taken() || nothingToDo || !doable ? change.verdict().word() : LEFT_OUT;
    }

    /** Whether the patch does what the fixed release does here. */
    static boolean isDone(Difference change) {
        return fate(change).equals(change.verdict().word())
                && (change.verdict() == Verdict.DONE || change.verdict() == Verdict.DONE_WITH_CARE);
    }

    /** {@code done with care  price()I: the reason}. */
    static String line(Difference change) {
        return line(fate(change), subject(change))
                + (change.reason().isEmpty() ? "" : ": " + change.reason());
    }

    static String line(String fate, String subject) {
        return String.format(Locale.ROOT, "%-16s %s", fate, subject);
    }

    private static String subject(Difference change) {
        return change.member().isEmpty() ? change.kind() : change.member();
    }

    /** The notes that say more than the changes do. */
    static List<String> notes(List<String> notes) {
        return notes.stream()
                .filter(note -> REPEATING.stream().noneMatch(note::startsWith))
                .toList();
    }

    static JsonArray json(List<Difference> changes) {
        JsonArray array = new JsonArray();
        for (Difference change : changes) {
            JsonObject one = Documents.of("target", change.target());
            one.put("class", change.className());
            one.put("member", change.member());
            one.put("kind", change.kind());
            one.put("verdict", change.verdict().word());
            one.put("taken", change.taken());
            one.put("reason", change.reason());
            array.add(one);
        }
        return array;
    }
}
