package dev.jlp.patch;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A JSON object whose fields must be there and of the right type.
 *
 * @param object as parsed
 */
record JsonFields(JsonObject object) {

    /** Deeper than any description; keeps the parser from running out of stack. */
    private static final int NESTING_MAX = 16;

    static JsonFields parse(byte[] bytes) throws PatchFileProblem {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            checkNesting(text);
            return new JsonFields(JsonParser.object().from(text));
        } catch (CharacterCodingException | JsonParserException | NumberFormatException broken) {
            throw new PatchFileProblem("the patch's description is not JSON", broken);
        }
    }

    /** Counts brackets, those in strings too where that errs to the safe side only. */
    private static void checkNesting(String text) throws PatchFileProblem {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
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
            if (depth > NESTING_MAX) {
                throw new PatchFileProblem("the patch's description is nested too deep");
            }
        }
    }

    String string(String key) throws PatchFileProblem {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw wrong(key, "a string");
    }

    String string(String key, Pattern shape) throws PatchFileProblem {
        String text = string(key);
        if (!shape.matcher(text).matches()) {
            throw wrong(key, "of the right form");
        }
        return text;
    }

    /** Empty if the key is not there. */
    String optionalString(String key, Pattern shape) throws PatchFileProblem {
        return object.has(key) ? string(key, shape) : "";
    }

    int integer(String key) throws PatchFileProblem {
        if (object.get(key) instanceof Integer number) {
            return number;
        }
        throw wrong(key, "an integer");
    }

    boolean bool(String key) throws PatchFileProblem {
        if (object.get(key) instanceof Boolean value) {
            return value;
        }
        throw wrong(key, "a boolean");
    }

    JsonFields fields(String key) throws PatchFileProblem {
        if (object.get(key) instanceof JsonObject inner) {
            return new JsonFields(inner);
        }
        throw wrong(key, "an object");
    }

    List<String> strings(String key) throws PatchFileProblem {
        return list(key, String.class);
    }

    List<JsonFields> objects(String key) throws PatchFileProblem {
        return list(key, JsonObject.class).stream().map(JsonFields::new).toList();
    }

    /** None if the key is not there. */
    List<JsonFields> optionalObjects(String key) throws PatchFileProblem {
        return object.has(key) ? objects(key) : List.of();
    }

    private <T> List<T> list(String key, Class<T> type) throws PatchFileProblem {
        if (!(object.get(key) instanceof JsonArray array)) {
            throw wrong(key, "an array");
        }
        List<T> items = new ArrayList<>();
        for (Object item : array) {
            if (!type.isInstance(item)) {
                throw wrong(key, "an array of the right things");
            }
            items.add(type.cast(item));
        }
        return List.copyOf(items);
    }

    private static PatchFileProblem wrong(String key, String expected) {
        return new PatchFileProblem(
                "in the patch's description '" + key + "' is missing or not " + expected);
    }
}
