package dev.jlp.cli;

import dev.jlp.builder.BuildResult;
import dev.jlp.builder.Change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of each difference, for people. */
final class BuildText {

    /** How a note begins that repeats a change. */
    private static final List<String> REPEATING = List.of("left out: ", "with care: ");

    private BuildText() {}

    /** The changes below their classes, then the notes that are not about one of them. */
    static String changes(BuildResult result) {
        Map<String, StringBuilder> types = new LinkedHashMap<>();
        for (Change change : result.changes()) {
            String type = change.target() + ": " + change.className().replace('/', '.');
            String subject = change.member().isEmpty() ? word(change.kind()) : change.member();
            types.computeIfAbsent(type, title -> new StringBuilder(title).append('\n'))
                    .append(String.format(Locale.ROOT, "  %-9s %s", fate(change), subject))
                    .append(change.reason().isEmpty() ? "\n" : ": " + change.reason() + "\n");
        }
        StringBuilder text = new StringBuilder();
        types.values().forEach(text::append);
        for (String note : result.notes()) {
            text.append(
                    REPEATING.stream().anyMatch(note::startsWith) ? "" : "note: " + note + "\n");
        }
        return text.toString();
    }

    /** How many changes had which fate. */
    static String summary(BuildResult result) {
        int taken = count(result, "done") + count(result, "with care");
        int withCare = count(result, "with care");
        int leftOut = result.changes().size() - taken;
        return Words.count(taken, "change") + " taken"
                + (withCare == 0 ? "" : ", " + withCare + " of them with care")
                + (leftOut == 0 ? "" : ", " + leftOut + " left out");
    }

    /** A constant as documents have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int count(BuildResult result, String fate) {
        return Math.toIntExact(result.changes().stream()
                .filter(change -> fate(change).equals(fate))
                .count());
    }

    private static String fate(Change change) {
        return switch (change.verdict()) {
            case REFUSED -> "refused";
            case DONE -> change.taken() ? "done" : "left out";
            case DONE_WITH_CARE -> change.taken() ? "with care" : "left out";
            case NEEDS_CALLBACK -> "needs a callback";
        };
    }
}
