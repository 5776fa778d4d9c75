package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads and prints the JSON documents of agents. */
final class Documents {

    private static final int SCHEMA = 1;

    private Documents() {}

    /** One document on one line, its schema number first. */
    static void print(JsonObject document, PrintWriter out) {
        JsonObject numbered = new JsonObject();
        numbered.put("schema", SCHEMA);
        numbered.putAll(document);
        out.println(JsonWriter.string(numbered));
        out.flush();
    }

    static JsonObject of(String key, @Nullable Object value) {
        JsonObject object = new JsonObject();
        object.put(key, value);
        return object;
    }

    /** The objects of a member that is an array; none if it is missing. */
    static List<JsonObject> objects(JsonObject object, String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : object.getArray(key, new JsonArray())) {
            if (element instanceof JsonObject one) {
                objects.add(one);
            }
        }
        return objects;
    }

    static List<String> strings(JsonObject object, String key) {
        List<String> strings = new ArrayList<>();
        for (Object element : object.getArray(key, new JsonArray())) {
            strings.add(element instanceof JsonObject one ? inline(one) : String.valueOf(element));
        }
        return strings;
    }

    static @Nullable JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject found ? found : null;
    }

    static String string(JsonObject object, String key) {
        Object value = object.get(key);
        return value == null
                ? ""
                : value instanceof JsonObject one ? inline(one) : value.toString();
    }

    /** Whether a number that stands for a truth is 1. */
    static boolean flag(JsonObject object, String key) {
        return object.get(key) instanceof Number number
                ? number.intValue() != 0
                : object.getBoolean(key, false);
    }

    /** Any document for people: one line for each member, lists indented below. */
    static String outline(JsonObject object, String indent) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> member : object.entrySet()) {
            Object value = member.getValue();
            if (value instanceof JsonArray array) {
                text.append(array.isEmpty() ? "" : indent + member.getKey() + ":\n");
                for (Object element : array) {
                    String line = element instanceof JsonObject one
                            ? inline(one)
                            : String.valueOf(element);
                    text.append(indent).append("  ").append(line).append('\n');
                }
            } else if (value instanceof JsonObject inner) {
                text.append(indent).append(member.getKey()).append(":\n");
                text.append(outline(inner, indent + "  "));
            } else if (value != null) {
                text.append(indent).append(member.getKey()).append(": ");
                text.append(value).append('\n');
            }
        }
        return text.toString();
    }

    private static String inline(JsonObject object) {
        List<String> members = new ArrayList<>();
        object.forEach((key, value) -> {
            Object shown = value instanceof JsonObject one ? "{" + inline(one) + "}" : value;
            if (shown != null && !shown.toString().isEmpty()) {
                members.add(key + " " + shown);
            }
        });
        return String.join(", ", members);
    }
}
