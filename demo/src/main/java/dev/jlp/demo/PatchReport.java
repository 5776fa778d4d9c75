package dev.jlp.demo;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the commands said about one patch.
 *
 * @param notes how much the build left out or did with care
 * @param methods the patched ones as {@code class.method}; of overloads one
 * @param methodCount with overloads
 * @param classCount patched classes
 * @param seconds from the command to load until the patch was in force for every thread
 * @param transitionSeconds the part of it in which threads were switched
 * @param armMillis the pause in which the methods became reachable
 * @param finaliseMillis the pause in which the old bodies were given up
 * @param stackMillisMax the longest pause for reading threads' stacks
 */
record PatchReport(
        int notes,
        Set<String> methods,
        int methodCount,
        int classCount,
        double seconds,
        double transitionSeconds,
        double armMillis,
        double finaliseMillis,
        double stackMillisMax) {

    /** From the answers of the two commands, and the time the command took. */
    static PatchReport of(String patch, JsonObject built, JsonObject status, double seconds) {
        Set<String> methods = new HashSet<>();
        int methodCount = 0;
        int classCount = 0;
        for (JsonObject type : classes(patch, status)) {
            JsonArray patched = type.getArray("methods", new JsonArray());
            classCount += patched.isEmpty() ? 0 : 1;
            methodCount += patched.size();
            String name = type.getString("name", "").replace('/', '.');
            for (Object method : patched) {
                methods.add(name + "." + ((JsonObject) method).getString("name", ""));
            }
        }
        JsonObject totals = status.getObject("totals", new JsonObject());
        return new PatchReport(
                notes(built).size(),
                Set.copyOf(methods),
                methodCount,
                classCount,
                seconds,
                totals.getDouble("last_load_seconds"),
                totals.getDouble("arm_ms"),
                totals.getDouble("finalise_ms"),
                totals.getDouble("stack_batch_ms_max"));
    }

    /** The patch in an answer of {@code status}; empty if it is not there. */
    static JsonObject patch(String name, JsonObject status) {
        for (Object patch : status.getArray("patches", new JsonArray())) {
            if (((JsonObject) patch).getString("name", "").equals(name)) {
                return (JsonObject) patch;
            }
        }
        return new JsonObject();
    }

    private static List<JsonObject> classes(String patch, JsonObject status) {
        List<JsonObject> classes = new ArrayList<>();
        for (Object target : patch(patch, status).getArray("targets", new JsonArray())) {
            for (Object instance : ((JsonObject) target).getArray("instances", new JsonArray())) {
                for (Object type : ((JsonObject) instance).getArray("classes", new JsonArray())) {
                    classes.add((JsonObject) type);
                }
            }
        }
        return classes;
    }

    /** What the build left out or did with care, a sentence each. */
    static List<String> notes(JsonObject built) {
        List<String> sentences = new ArrayList<>();
        for (Object element : built.getArray("changes", new JsonArray())) {
            JsonObject change = (JsonObject) element;
            if (!change.getBoolean("taken", true)) {
                sentences.add(
                        "left out: " + subject(change) + ": " + change.getString("reason", ""));
            }
        }
        for (Object note : built.getArray("notes", new JsonArray())) {
            sentences.add(String.valueOf(note));
        }
        return List.copyOf(sentences);
    }

    private static String subject(JsonObject change) {
        String type = change.getString("class", "").replace('/', '.');
        String member = change.getString("member", "");
        return member.isEmpty() ? type : type + "." + member;
    }
}
