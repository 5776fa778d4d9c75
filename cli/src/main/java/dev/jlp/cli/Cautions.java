package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.patch.Difference;
import dev.jlp.patch.Patch;

import java.util.ArrayList;
import java.util.List;

/** What whoever loads a patch should know of its build: success of a load must not pass for more than it is. */
final class Cautions {

    private static final String HELD = "may hold what old bodies put there";
    private static final int HELD_SHOWN_MAX = 5;

    private Cautions() {}

    /** Adds a sentence each to the warnings of an answer. */
    static void add(List<String> cautions, JsonObject answer) {
        JsonArray warnings = new JsonArray(answer.getArray("warnings", new JsonArray()));
        warnings.addAll(cautions);
        if (!warnings.isEmpty()) {
            answer.put("warnings", warnings);
        }
    }

    /** A sentence each. */
    static List<String> of(Patch patch) {
        List<String> cautions = new ArrayList<>();
        List<String> held =
                patch.notes().stream().filter(note -> note.contains(HELD)).toList();
        held.stream().limit(HELD_SHOWN_MAX).forEach(cautions::add);
        if (held.size() > HELD_SHOWN_MAX) {
            cautions.add(Words.count(held.size() - HELD_SHOWN_MAX, "more static field")
                    + " may hold what old bodies put there");
        }
        int care = count(patch, Difference.Verdict.DONE_WITH_CARE, true);
        if (care > 0) {
            cautions.add(Words.count(care, "change") + (care == 1 ? " is" : " are")
                    + " done with care: 'jlp inspect' says what stays as it was");
        }
        long kept = patch.changes().stream()
                .filter(change -> change.kind().equals("static-initialiser") && !change.taken())
                .count();
        if (kept > 0) {
            cautions.add(Words.count(Math.toIntExact(kept), "static field or initialiser")
                    + (kept == 1 ? " stays" : " stay") + " as the original's code made "
                    + (kept == 1 ? "it" : "them") + ": 'jlp inspect' says which");
        }
        int left = count(patch, Difference.Verdict.REFUSED, false)
                + count(patch, Difference.Verdict.NEEDS_CALLBACK, false);
        if (left > 0) {
            cautions.add(Words.count(left, "change") + " of the fixed release "
                    + (left == 1 ? "is" : "are") + " not in the patch: 'jlp inspect' names them");
        }
        return cautions;
    }

    private static int count(Patch patch, Difference.Verdict verdict, boolean taken) {
        return Math.toIntExact(patch.changes().stream()
                .filter(change -> change.verdict() == verdict && change.taken() == taken)
                .count());
    }
}
