package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The shipped command, a process for each call. */
final class Jlp {

    /** More than a load waits for a transition. */
    private static final Duration LONGEST = Duration.ofMinutes(11);

    private Jlp() {}

    /**
     * What the command answered, as this room keeps it: {@code exit}, {@code seconds},
     * {@code state}, {@code message} (empty if it went well), {@code warnings}.
     */
    static JsonObject run(String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(line, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
        line.add("-Djlp.agent.jar=" + Shipped.agent());
        line.add("-jar");
        line.add(Shipped.command().toString());
        Collections.addAll(line, arguments);
        line.add("--json");
        return answer(Finished.run(line, LONGEST));
    }

    static JsonObject answer(Finished finished) {
        JsonObject kept = new JsonObject();
        kept.put("exit", finished.exit());
        kept.put("seconds", Math.round(finished.seconds() * 1000) / 1000.0);
        JsonObject said = parse(finished.out());
        JsonObject error = said.getObject("error");
        if (error != null) {
            JsonObject details = error.getObject("details", new JsonObject());
            kept.put("message", error.getString("message", ""));
            kept.put("state", details.getString("state", ""));
        } else {
            kept.put("message", complaint(finished));
            kept.put("state", said.getString("state", ""));
        }
        kept.put("warnings", said.getArray("warnings", new JsonArray()));
        return kept;
    }

    private static String complaint(Finished finished) {
        if (finished.exit() == Finished.KILLED) {
            return "the command took longer than " + LONGEST.toSeconds() + " s";
        }
        return finished.exit() == 0 ? "" : finished.err().strip();
    }

    private static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException none) {
            return new JsonObject();
        }
    }
}
