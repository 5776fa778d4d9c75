package dev.jlp.cli;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.CallbackClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Difference;
import dev.jlp.patch.Link;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a patch does, class by class and method by method, and what it will not do. */
final class InspectText {

    private InspectText() {}

    /** The classes of one target: what is done of their differences, and what follows from it. */
    static String target(Patch patch, Target target, boolean verbose) {
        SortedMap<String, List<String>> types = new TreeMap<>();
        for (Difference change : patch.changes()) {
            if (change.target().equals(target.name()) && ChangeText.isDone(change)) {
                types.computeIfAbsent(change.className(), type -> new ArrayList<>())
                        .add(ChangeText.line(change));
            }
        }
        for (ClassPatch type : target.classes()) {
            List<String> lines = types.computeIfAbsent(type.name(), unseen -> new ArrayList<>());
            for (MethodPatch method : type.methods()) {
                method(patch, type, method, lines);
                for (Link link : verbose ? method.links() : List.<Link>of()) {
                    lines.add(" ".repeat(17) + method.id().name() + " needs " + link);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        types.forEach((type, lines) -> lines(text, "  " + InspectCommand.dotted(type), lines));
        for (AddedClass added : target.added()) {
            text.append("  ").append(InspectCommand.dotted(added.name())).append(" (new class)\n");
        }
        for (CallbackClass callback : InspectCommand.entries(target)) {
            text.append("  ")
                    .append(InspectCommand.dotted(callback.name()))
                    .append(" (callbacks)\n");
        }
        return text.toString();
    }

    /** A method of the patch that no difference of the releases is about. */
    private static void method(
            Patch patch, ClassPatch type, MethodPatch method, List<String> lines) {
        String id = method.id().toString();
        boolean told = patch.changes().stream()
                .anyMatch(change -> change.taken()
                        && change.className().equals(type.name())
                        && change.member().equals(id));
        if (method.quiesce()) {
            lines.add(ChangeText.line("quiesce", id)
                    + ": it keeps its body and must be off every stack");
        } else if (!told) {
            String follows =
                    patch.changes().isEmpty() ? "" : ": other changes need a new body here";
            lines.add(ChangeText.line("done", id) + follows);
        }
    }

    /** Differences that stay as they were, and notes. */
    static String notDone(Patch patch) {
        List<String> left = new ArrayList<>();
        for (Difference change : patch.changes()) {
            if (!ChangeText.isDone(change)) {
                String member = change.member().isEmpty() ? "" : "." + change.member();
                left.add(ChangeText.line(
                                ChangeText.fate(change),
                                InspectCommand.dotted(change.className()) + member)
                        + ": " + change.reason());
            }
        }
        StringBuilder text = new StringBuilder();
        lines(text, "will not be done:", left);
        boolean told = !patch.changes().isEmpty();
        lines(
                text,
                told ? "to be known:" : "will not be done, or with care:",
                told ? ChangeText.notes(patch.notes()) : patch.notes());
        return text.toString();
    }

    private static void lines(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            String indent = title.startsWith("  ") ? "    " : "  ";
            text.append(title).append('\n');
            lines.forEach(line -> text.append(indent).append(line).append('\n'));
        }
    }
}
