package dev.jlp.demo;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.List;

/**
 * What the agent said about one patch once it was in force.
 *
 * @param methodCount patched ones of loaded classes
 * @param classCount patched classes
 * @param seconds from the command to load until the patch was in force for every thread
 * @param transitionSeconds the part of it in which threads were switched
 * @param armMillis how long it took until the methods became reachable
 * @param finaliseMillis how long it took until the old bodies were given up
 * @param stackMillisMax the longest pause for reading threads' stacks
 */
record PatchReport(
        int methodCount,
        int classCount,
        double seconds,
        double transitionSeconds,
        double armMillis,
        double finaliseMillis,
        double stackMillisMax) {

    /** From the answer of {@code status} after the load, and the time the load took. */
    static PatchReport of(String patch, JsonObject status, double seconds) {
        int methodCount = 0;
        int classCount = 0;
        for (JsonObject type : classes(patch, status)) {
            JsonArray patched = type.getArray("methods", new JsonArray());
            classCount += patched.isEmpty() ? 0 : 1;
            methodCount += patched.size();
        }
        JsonObject totals = status.getObject("totals", new JsonObject());
        return new PatchReport(
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
}
