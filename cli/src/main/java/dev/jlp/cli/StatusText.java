package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A status document for people. */
final class StatusText {

    private StatusText() {}

    static String status(JsonObject status, boolean verbose) {
        StringBuilder text = new StringBuilder(heading(status));
        text.append(transition(status));
        for (JsonObject blocker : Documents.objects(status, "blockers")) {
            text.append(blocker(blocker));
        }
        text.append(patches(status));
        for (JsonObject patch : Documents.objects(status, "patches")) {
            text.append(targets(patch, verbose));
        }
        return text.toString();
    }

    /** {@code 'name' version} of a document. */
    static String title(JsonObject document, String key) {
        return ("'" + Documents.string(document, key) + "' "
                        + Documents.string(document, "version"))
                .strip();
    }

    /** The patches, a line each. */
    static String patches(JsonObject document) {
        List<JsonObject> patches = Documents.objects(document, "patches");
        if (patches.isEmpty()) {
            return "no patches\n";
        }
        Table table = new Table(
                "PATCH", "VERSION", "STATE", "ORDER", "REPLACE", "SET", "FORCED", "LOADED");
        for (JsonObject patch : patches) {
            table.row(
                    Documents.string(patch, "name"),
                    Documents.string(patch, "version"),
                    Documents.string(patch, "state"),
                    Documents.string(patch, "stack_order"),
                    Documents.string(patch, "replace"),
                    Documents.string(patch, "replace_set"),
                    Documents.flag(patch, "force") ? "yes" : "no",
                    Documents.string(patch, "loaded"));
        }
        return table.toString();
    }

    /** One line about the running transition. */
    static String transition(JsonObject document) {
        JsonObject transition = Documents.object(document, "transition");
        if (transition == null) {
            return "no transition\n";
        }
        int threads = transition.getInt("threads", 0);
        int reversals = transition.getInt("reversals", 0);
        return "transition: " + Documents.string(transition, "operation") + " of "
                + title(transition, "patch")
                + ", " + Documents.string(transition, "phase") + " towards "
                + Documents.string(transition, "goal") + ", "
                + (threads - transition.getInt("pending", 0)) + " of "
                + threads + " threads after " + Documents.string(transition, "seconds") + " s"
                + (reversals == 0 ? "\n" : ", reversed " + reversals + " times\n");
    }

    private static String heading(JsonObject status) {
        JsonObject agent = status.getObject("agent", new JsonObject());
        StringBuilder text = new StringBuilder("JVM " + Documents.string(status, "pid"));
        text.append(", JDK ").append(Documents.string(status, "jdk"));
        text.append(", agent ").append(Documents.string(agent, "version"));
        text.append(" since ").append(Documents.string(agent, "started")).append('\n');
        for (String warning : Documents.strings(agent, "warnings")) {
            text.append("  warning: ").append(warning).append('\n');
        }
        return text.toString();
    }

    static String blocker(JsonObject blocker) {
        StringBuilder text = new StringBuilder("  held by ");
        text.append(Documents.flag(blocker, "virtual") ? "virtual thread '" : "thread '");
        text.append(Documents.string(blocker, "thread"))
                .append("' (#")
                .append(Documents.string(blocker, "id"));
        text.append(", ").append(Documents.string(blocker, "state")).append(')');
        String method = Documents.string(blocker, "method");
        text.append(method.isEmpty() ? "" : " in " + method);
        String since = Documents.string(blocker, "since");
        text.append(since.isEmpty() ? "" : " for " + since + " s");
        String why = Documents.string(blocker, "why");
        text.append(why.isEmpty() ? "\n" : ": " + why + "\n");
        for (String frame : Documents.strings(blocker, "frames")) {
            text.append("      at ").append(frame).append('\n');
        }
        if (blocker.has("line_known") && !Documents.flag(blocker, "line_known")) {
            text.append("      (its line in the old body is not known)\n");
        }
        return text.toString();
    }

    private static String targets(JsonObject patch, boolean verbose) {
        StringBuilder text = new StringBuilder();
        for (JsonObject target : Documents.objects(patch, "targets")) {
            text.append(Documents.string(patch, "name")).append(": target ");
            text.append(Documents.string(target, "name"));
            text.append(Documents.flag(target, "patched") ? ", patched\n" : ", not patched\n");
            for (JsonObject instance : Documents.objects(target, "instances")) {
                text.append("  loader ").append(Documents.string(instance, "loader"));
                text.append(": ")
                        .append(Documents.string(instance, "verdict"))
                        .append(counts(instance));
                text.append('\n').append(verbose ? classes(instance) : "");
            }
        }
        return text.toString();
    }

    private static String counts(JsonObject instance) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonObject one : Documents.objects(instance, "classes")) {
            counts.merge(Documents.string(one, "verdict"), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((verdict, count) -> text.append(", ")
                .append(count)
                .append(count == 1 ? " class " : " classes ")
                .append(verdict));
        return text.toString();
    }

    private static String classes(JsonObject instance) {
        StringBuilder text = new StringBuilder();
        for (JsonObject one : Documents.objects(instance, "classes")) {
            text.append("    ").append(Documents.string(one, "name")).append(": ");
            text.append(Documents.string(one, "verdict")).append('\n');
            for (JsonObject method : Documents.objects(one, "methods")) {
                String detail = Documents.string(method, "detail");
                text.append("      ").append(Documents.string(method, "name"));
                text.append(Documents.string(method, "descriptor")).append(": ");
                text.append(Documents.string(method, "verdict"));
                text.append(detail.isEmpty() ? "\n" : " (" + detail + ")\n");
            }
        }
        return text.toString();
    }
}
