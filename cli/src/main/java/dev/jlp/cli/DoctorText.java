package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A diagnosis for people: the JVM, what the patch meets there, and last whether it would load. */
final class DoctorText {

    private DoctorText() {}

    static String of(JsonObject answer, List<JsonObject> refusals, boolean withPatch) {
        StringBuilder text = new StringBuilder();
        JsonObject jvm = Documents.object(answer, "jvm");
        text.append(jvm == null ? "" : jvm(jvm));
        list(text, "agents on its command line", Documents.strings(answer, "agents"));
        for (JsonObject type : Documents.objects(answer, "targets")) {
            text.append(type(type));
        }
        JsonObject pause = Documents.object(answer, "pause_ms");
        text.append(pause == null ? "" : pause(pause));
        text.append(BlockerText.of(Documents.objects(answer, "blockers"), "may be held by "));
        Set<String> warnings = new LinkedHashSet<>(Documents.strings(answer, "warnings"));
        warnings.removeAll(jvm == null ? List.of() : StatusText.warnings(jvm));
        warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        refusals.forEach(refusal -> text.append(refusal(refusal)));
        return text.append(withPatch ? "the patch would " : "a patch would ")
                .append(refusals.isEmpty() ? "load\n" : "be refused\n")
                .toString();
    }

    private static String jvm(JsonObject jvm) {
        StringBuilder text = new StringBuilder(StatusText.heading(jvm));
        list(text, "active patches", Documents.strings(jvm, "patches"));
        return text.append(StatusText.transition(jvm)).toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        text.append(title).append(lines.isEmpty() ? ": none\n" : ":\n");
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private static String type(JsonObject type) {
        String target = Documents.string(type, "target");
        String loader = Documents.string(type, "loader");
        List<String> where = new ArrayList<>();
        where.add("target " + target);
        where.add("loader " + loader);
        if (Documents.string(type, "on_disk").equals("differs")) {
            where.add("another one is on disk");
        }
        return Documents.string(type, "name") + " (" + String.join(", ", where) + "): "
                + Documents.string(type, "verdict") + "\n" + StatusText.methods(type, "  ");
    }

    private static String pause(JsonObject pause) {
        return String.format(
                Locale.ROOT,
                "expected pauses: %.1f ms to arm, %.1f ms to finalise%n",
                pause.getDouble("arm"),
                pause.getDouble("finalise"));
    }

    private static String refusal(JsonObject refusal) {
        JsonObject details = Documents.object(refusal, "details");
        JsonArray names = refusal.getArray("details", new JsonArray());
        String message = Documents.string(refusal, "message");
        StringBuilder text = new StringBuilder("refused: ");
        text.append(Documents.string(refusal, "code"))
                .append(": ")
                .append(message)
                .append('\n');
        for (Object name : names) {
            text.append(message.contains(String.valueOf(name)) ? "" : "  " + name + "\n");
        }
        return text.append(details == null ? "" : Documents.outline(details, "  "))
                .toString();
    }
}
