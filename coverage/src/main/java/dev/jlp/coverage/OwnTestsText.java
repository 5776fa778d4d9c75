package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of {@code docs/differential.md} about the fixed releases' own tests. */
final class OwnTestsText {

    private static final int DESCRIBED_MAX = 8;

    private OwnTestsText() {}

    /** @param runs by pair and JDK */
    static List<String> lines(Map<String, JsonObject> runs) {
        List<String> lines = new ArrayList<>(List.of("", "## The fixed releases' own tests", ""));
        lines.add(
                "Compiled against the fixed release; so a test of what it adds to its public interface can't pass on a"
                        + " patched library. Tests that need what is not there fail everywhere. A test class that has looked for"
                        + " an added class before the load goes on not finding it, by the rules of the JVM; an added class"
                        + " stays after the disable.");
        lines.add("");
        lines.addAll(Markdown.head(List.of(
                "pair, JDK",
                "tests compared",
                "passed on the fixed release",
                "unsteady",
                "otherwise on the vulnerable release",
                "otherwise on the patched one",
                "disabled, otherwise than before the load")));
        runs.forEach((name, run) -> {
            if (!run.has("problem")) {
                lines.add(Markdown.row(List.of(
                        name,
                        "" + run.getInt("compared"),
                        "" + run.getInt("passed"),
                        "" + run.getInt("unsteady"),
                        "" + run.getInt("toldApart"),
                        "" + described(run).size(),
                        "" + run.getInt("notTakenBack"))));
            }
        });
        runs.forEach((name, run) -> differences(lines, name, run));
        return lines;
    }

    private static void differences(List<String> lines, String name, JsonObject run) {
        lines.add("");
        if (run.has("problem")) {
            lines.add(name + ": " + Markdown.text(run.getString("problem")));
            return;
        }
        lines.add(name + ", the first that go otherwise"
                + (described(run).isEmpty() ? ": none." : ":"));
        if (!described(run).isEmpty()) {
            lines.add("");
        }
        described(run).stream()
                .map(JsonObject.class::cast)
                .limit(DESCRIBED_MAX)
                .forEach(one -> lines.add("* " + Markdown.text(one.getString("call", ""))
                        + ": vulnerable "
                        + one.getString("vulnerable", "") + ", fixed " + one.getString("fixed", "")
                        + ", patched " + one.getString("patched", "")));
    }

    private static JsonArray described(JsonObject run) {
        return run.getArray("described", new JsonArray());
    }
}
