package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A status document for people. */
final class StatusText {

    /** Verdicts of classes that there is nothing more to say about. */
    private static final Set<String> FITTING = Set.of("patchable", "native");

    private StatusText() {}

    static String status(JsonObject status, boolean verbose) {
        StringBuilder text = new StringBuilder(heading(status));
        text.append(transition(status));
        text.append(BlockerText.of(Documents.objects(status, "blockers"), "held by "));
        text.append(patches(status));
        for (JsonObject patch : Documents.objects(status, "patches")) {
            text.append(targets(patch, verbose));
            text.append(toBeConfirmed(patch));
        }
        for (JsonObject shadow : Documents.objects(status, "shadow")) {
            text.append("shadow variables '").append(Documents.string(shadow, "id"));
            text.append("': ").append(Documents.string(shadow, "variables")).append('\n');
        }
        for (JsonObject callback : Documents.objects(status, "callbacks")) {
            text.append(abandoned(callback));
        }
        return text.toString();
    }

    /** A callback that nobody waits for any more. */
    private static String abandoned(JsonObject callback) {
        return "callback '" + Documents.string(callback, "callback") + "' of '"
                + Documents.string(callback, "patch") + "' for target "
                + Documents.string(callback, "target") + " in loader "
                + Documents.string(callback, "loader")
                + ": abandoned, its thread '" + Documents.string(callback, "thread") + "' #"
                + Documents.string(callback, "id") + " lives on after "
                + Durations.text(callback.getDouble("seconds")) + "\n";
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
                    moment(Documents.string(patch, "loaded"), 0));
        }
        return table.toString();
    }

    /** Installed patches that this JVM does not run, and why. */
    static String notLoaded(JsonObject document) {
        StringBuilder text = new StringBuilder();
        for (JsonObject installed : Documents.objects(document, "installed")) {
            if (!Documents.string(installed, "state").equals("loaded")) {
                String patch = Documents.string(installed, "patch");
                text.append("installed but not loaded: '")
                        .append(patch.isEmpty() ? Documents.string(installed, "file") : patch)
                        .append("' (")
                        .append(Documents.string(installed, "state"))
                        .append("): ")
                        .append(Documents.string(installed, "why"))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** One line about the running transition. */
    static String transition(JsonObject document) {
        JsonObject transition = Documents.object(document, "transition");
        if (transition == null) {
            return "no transition\n";
        }
        int threads = transition.getInt("threads", 0);
        return "transition: " + Documents.string(transition, "operation") + " of "
                + title(transition, "patch")
                + ", " + Documents.string(transition, "phase") + " towards "
                + Documents.string(transition, "goal") + ", "
                + (threads - transition.getInt("pending", 0)) + " of "
                + Words.count(threads, "thread") + " after "
                + Durations.text(transition.getDouble("seconds"))
                + times(", reversed ", transition.getInt("reversals", 0))
                + times(", begun anew for late classes ", transition.getInt("renewals", 0))
                + "\n";
    }

    private static String times(String what, int count) {
        return count == 0 ? "" : what + Words.count(count, "time");
    }

    /** The JVM and its agent. */
    static String heading(JsonObject status) {
        JsonObject agent = status.getObject("agent", new JsonObject());
        StringBuilder text = new StringBuilder("JVM " + Documents.string(status, "pid"));
        text.append(", JDK ").append(Documents.string(status, "jdk"));
        text.append(", agent ").append(Documents.string(agent, "version"));
        text.append(" since ").append(Documents.string(agent, "started")).append('\n');
        warnings(status)
                .forEach(warning -> text.append("  warning: ").append(warning).append('\n'));
        return text.toString();
    }

    /** The agent's warnings. */
    static List<String> warnings(JsonObject status) {
        return Documents.strings(status.getObject("agent", new JsonObject()), "warnings");
    }

    /** A moment without more digits of its second than people read. */
    static String moment(String text, int digits) {
        try {
            return new DateTimeFormatterBuilder()
                    .appendInstant(digits)
                    .toFormatter(Locale.ROOT)
                    .format(Instant.parse(text));
        } catch (DateTimeParseException other) {
            return text;
        }
    }

    /** How long it took, in brackets; empty if it isn't said. */
    static String took(JsonObject document) {
        return document.has("seconds")
                ? " (" + Durations.text(document.getDouble("seconds")) + ")"
                : "";
    }

    private static String targets(JsonObject patch, boolean verbose) {
        StringBuilder text = new StringBuilder();
        for (JsonObject target : Documents.objects(patch, "targets")) {
            text.append(Documents.string(patch, "name")).append(": target ");
            text.append(Documents.string(target, "name"));
            text.append(Documents.flag(target, "patched") ? ", patched\n" : ", not patched\n");
            for (JsonObject instance : Documents.objects(target, "instances")) {
                text.append("  loader ").append(Documents.string(instance, "loader"));
                String verdict = Documents.string(instance, "verdict");
                boolean unpatched = verdict.equals("exposed") || verdict.equals("refused");
                text.append(unpatched ? ": " + verdict + ", " : ": ")
                        .append(counts(instance))
                        .append('\n')
                        .append(classes(instance, verbose));
            }
        }
        return text.toString();
    }

    private static String toBeConfirmed(JsonObject patch) {
        return patch.has("confirm_seconds")
                ? Documents.string(patch, "name") + ": disabled unless it is confirmed within "
                        + Durations.text(patch.getDouble("confirm_seconds")) + "\n"
                : "";
    }

    private static String counts(JsonObject instance) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonObject one : Documents.objects(instance, "classes")) {
            counts.merge(Documents.string(one, "verdict"), 1, Integer::sum);
        }
        List<String> words = new ArrayList<>();
        counts.forEach((verdict, count) -> words.add(Words.count(count, "class") + " " + verdict));
        return words.isEmpty() ? "no class" : String.join(", ", words);
    }

    /** Every class, or those that the patch does not fit. */
    private static String classes(JsonObject instance, boolean all) {
        StringBuilder text = new StringBuilder();
        for (JsonObject one : Documents.objects(instance, "classes")) {
            String verdict = Documents.string(one, "verdict");
            if (all || !FITTING.contains(verdict)) {
                text.append("    ").append(Documents.string(one, "name")).append(": ");
                text.append(verdict).append('\n').append(methods(one, "      "));
            }
        }
        return text.toString();
    }

    /** The methods of a class with their verdicts. */
    static String methods(JsonObject type, String indent) {
        StringBuilder text = new StringBuilder();
        for (JsonObject method : Documents.objects(type, "methods")) {
            String detail = Documents.string(method, "detail");
            text.append(indent).append(Documents.string(method, "name"));
            text.append(Documents.string(method, "descriptor")).append(": ");
            text.append(Documents.string(method, "verdict"));
            text.append(detail.isEmpty() ? "\n" : " (" + detail + ")\n");
        }
        return text.toString();
    }
}
