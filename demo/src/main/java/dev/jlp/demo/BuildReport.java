package dev.jlp.demo;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What became of the difference between two releases, in short; {@code jlp inspect} has all of it.
 *
 * @param taken how many changes the patch does
 * @param takenClasses in which classes, by simple name
 * @param leftOut why changes of a class are not taken, by its simple name
 */
record BuildReport(int taken, List<String> takenClasses, Map<String, String> leftOut) {

    static BuildReport of(JsonObject built) {
        int taken = 0;
        TreeSet<String> takenClasses = new TreeSet<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Object element : built.getArray("changes", new JsonArray())) {
            JsonObject change = (JsonObject) element;
            String type = change.getString("class", "");
            String simple = type.substring(type.lastIndexOf('/') + 1);
            if (change.getBoolean("taken", false)) {
                taken++;
                takenClasses.add(simple);
            } else if (change.getString("verdict", "").equals("refused")) {
                leftOut.putIfAbsent(simple, firstClause(change.getString("reason", "")));
            }
        }
        return new BuildReport(taken, List.copyOf(takenClasses), leftOut);
    }

    private static String firstClause(String reason) {
        int end = reason.indexOf(": ");
        return end < 0 ? reason : reason.substring(0, end);
    }
}
