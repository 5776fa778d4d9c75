package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What holds a transition back, for people: threads that stand at the same place are told once. */
final class BlockerText {

    private static final int FRAMES_MAX = 8;
    private static final int THREADS_MAX = 3;

    private BlockerText() {}

    /**
     * Blockers, a paragraph for each place.
     *
     * @param verb what they do, like {@code held by}
     */
    static String of(List<JsonObject> blockers, String verb) {
        Map<List<Object>, List<JsonObject>> places = new LinkedHashMap<>();
        for (JsonObject blocker : blockers) {
            places.computeIfAbsent(place(blocker), any -> new ArrayList<>()).add(blocker);
        }
        StringBuilder text = new StringBuilder();
        places.values().forEach(same -> text.append("  ").append(verb).append(paragraph(same)));
        return text.toString();
    }

    private static List<Object> place(JsonObject blocker) {
        List<Object> place = new ArrayList<>();
        for (String key : List.of("virtual", "state", "method", "why", "lock", "lock_owner")) {
            place.add(Documents.string(blocker, key));
        }
        place.add(blocker.getArray("frames", new JsonArray()));
        return place;
    }

    private static String paragraph(List<JsonObject> same) {
        JsonObject first = same.get(0);
        StringBuilder text = new StringBuilder(threads(same));
        String method = Documents.string(first, "method");
        String why = Documents.string(first, "why");
        text.append(method.isEmpty() ? "" : " in " + method);
        double since = same.stream()
                .mapToDouble(one -> one.getDouble("since", 0))
                .max()
                .orElse(0);
        text.append(since > 0 ? " for " + Durations.text(since) : "");
        text.append(why.isEmpty() || saysNoMore(why, method) ? "\n" : ": " + why + "\n");
        text.append(lock(first));
        text.append(frames(Documents.strings(first, "frames")));
        if (first.has("line_known") && !Documents.flag(first, "line_known") && !method.isEmpty()) {
            text.append("      (its line in the old body is not known)\n");
        }
        return text.toString();
    }

    private static boolean saysNoMore(String why, String method) {
        return why.equals("'" + method + "' is on its stack");
    }

    private static String threads(List<JsonObject> same) {
        JsonObject first = same.get(0);
        String kind = Documents.flag(first, "virtual") ? "virtual thread" : "thread";
        List<String> names = new ArrayList<>();
        for (JsonObject one : same) {
            String id = Documents.string(one, "id");
            names.add(
                    "'" + Documents.string(one, "thread") + "'" + (id.isEmpty() ? "" : " #" + id));
        }
        String who = names.size() == 1
                ? kind + " " + names.get(0)
                : Words.count(names.size(), kind) + " at the same place, "
                        + Words.some(names, THREADS_MAX);
        String state = Documents.string(first, "state");
        return who + (state.isEmpty() ? "" : " (" + state + ")");
    }

    private static String lock(JsonObject blocker) {
        String lock = Documents.string(blocker, "lock");
        String owner = Documents.string(blocker, "lock_owner");
        String id = Documents.string(blocker, "lock_owner_id");
        return lock.isEmpty()
                ? ""
                : "      waits for " + lock
                        + (owner.isEmpty()
                                ? "\n"
                                : ", which thread '" + owner + "' #" + id + " holds\n");
    }

    private static String frames(List<String> frames) {
        StringBuilder text = new StringBuilder();
        frames.stream()
                .limit(FRAMES_MAX)
                .forEach(frame -> text.append("      at ").append(frame).append('\n'));
        int more = frames.size() - FRAMES_MAX;
        return text + (more > 0 ? "      and below\n" : "");
    }
}
