package dev.jlp.control;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Requests and answers as the bytes of a frame. */
final class Json {

    /** Deeper than any request or answer. */
    private static final int NESTING_MAX = 64;

    private Json() {}

    static byte[] bytes(JsonObject document) {
        return JsonWriter.string(document).getBytes(StandardCharsets.UTF_8);
    }

    /** An object that is nested too deep is none: the parser would run out of stack. */
    static JsonObject parse(byte[] frame) throws JsonParserException {
        String text = new String(frame, StandardCharsets.UTF_8);
        return JsonParser.object().from(isTooDeep(text) ? "" : text);
    }

    /** Counts brackets, those in strings too where that errs to the safe side only. */
    private static boolean isTooDeep(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length() && depth <= NESTING_MAX; i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == '{')) {
                depth++;
            } else if (!quoted && (c == ']' || c == '}')) {
                depth--;
            }
        }
        return depth > NESTING_MAX;
    }

    /** An object with one member. */
    static JsonObject of(String key, Object value) {
        JsonObject object = new JsonObject();
        object.put(key, value);
        return object;
    }

    static JsonObject error(ErrorCode code, @Nullable String message, JsonObject details) {
        JsonObject error = new JsonObject();
        error.put("code", code.name());
        error.put("exit", code.exit());
        error.put("message", message);
        error.put("details", details);
        return of("error", error);
    }

    /** The problem in the answer of an agent; a code of a newer agent becomes EIO. */
    static ControlProblem problem(JsonObject error) {
        ErrorCode code = ErrorCode.EIO;
        String name = error.getString("code", "");
        for (ErrorCode known : ErrorCode.values()) {
            if (known.name().equals(name)) {
                code = known;
            }
        }
        JsonObject details = error.getObject("details", new JsonObject());
        return new ControlProblem(code, error.getString("message", "no reason was given"), details);
    }
}
