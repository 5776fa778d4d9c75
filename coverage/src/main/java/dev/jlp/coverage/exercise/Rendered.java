package dev.jlp.coverage.exercise;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Text that is the same for the same value in every JVM. */
final class Rendered {

    private static final int LENGTH_MAX = 400;
    private static final int ELEMENTS_MAX = 60;

    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{3,}");
    private static final Pattern HIDDEN =
            Pattern.compile("\\$\\$Lambda[$/0-9a-fx]*|(jdk|com\\.sun)\\.proxy[.$\\w]*");

    private Rendered() {}

    /** What somebody said, without addresses, on one line, and not longer than it has to be. */
    static String cleaned(@Nullable String said) {
        if (said == null) {
            return "null";
        }
        String same = IDENTITY.matcher(said).replaceAll("@…");
        same = HIDDEN.matcher(same).replaceAll("a hidden class");
        return escaped(
                same.length() <= LENGTH_MAX
                        ? same
                        : same.substring(0, LENGTH_MAX) + "… (" + same.length()
                                + " characters, hash " + same.hashCode() + ")");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c == '\\') {
                escaped.append("\\\\");
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A string, a number, an array of primitives or strings, or nothing. */
    static String simple(@Nullable Object value) {
        if (value instanceof String text) {
            return '"' + cleaned(text) + '"';
        } else if (value instanceof Character c) {
            return "'" + cleaned(c.toString()) + "'";
        } else if (value != null && value.getClass().isArray()) {
            return array(value);
        }
        return String.valueOf(value);
    }

    private static String array(Object array) {
        StringJoiner elements = new StringJoiner(", ", "{", "}");
        int length = Array.getLength(array);
        for (int i = 0; i < length && i < ELEMENTS_MAX; i++) {
            elements.add(simple(Array.get(array, i)));
        }
        return length <= ELEMENTS_MAX ? elements.toString() : elements + " of " + length;
    }

    /** A class's name without its package; a number that a compiler gave it is not shown. */
    static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1)
                .replaceAll("\\$[0-9].*", "\\$…")
                .replace('$', '.')
                .replace("..…", ".…");
    }

    /** What was thrown, and why. */
    static String thrown(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "nothing";
        }
        Throwable cause = thrown.getCause();
        return thrown.getClass().getName()
                + ": "
                + cleaned(message(thrown))
                + (cause == null || cause == thrown
                        ? ""
                        : " because of " + cause.getClass().getName());
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | LinkageError broken) {
            return "no message, " + broken.getClass().getName();
        }
    }
}
