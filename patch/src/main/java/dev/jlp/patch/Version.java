package dev.jlp.patch;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A patch version: dot-separated numbers with an optional pre-release suffix, in Maven's order
 * ({@code 1.0-rc1 < 1 = 1.0 < 1.0.1 < 1.10}).
 *
 * @param text as written
 */
public record Version(String text) implements Comparable<Version> {

    private static final Pattern SHAPE =
            Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){0,7}(-[0-9A-Za-z.-]{1,64})?");

    public Version {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a version: dot-separated numbers with an optional suffix such as '-rc1'");
        }
    }

    @Override
    public int compareTo(Version other) {
        int byNumbers = compareParts(numbers(), other.numbers());
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (suffix().isEmpty() || other.suffix().isEmpty()) {
            return Boolean.compare(suffix().isEmpty(), other.suffix().isEmpty());
        }
        return compareParts(suffix(), other.suffix());
    }

    private String numbers() {
        int dash = text.indexOf('-');
        return dash < 0 ? text : text.substring(0, dash);
    }

    private String suffix() {
        int dash = text.indexOf('-');
        return dash < 0 ? "" : text.substring(dash + 1);
    }

    /** Compares piece by piece: numbers as numbers, missing ones as 0, words after them by letter. */
    private static int compareParts(String left, String right) {
        String[] a = pieces(left);
        String[] b = pieces(right);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = comparePiece(i < a.length ? a[i] : "0", i < b.length ? b[i] : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String[] pieces(String part) {
        return part.split("[.-]|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])", -1);
    }

    private static int comparePiece(String a, String b) {
        boolean numberA = !a.isEmpty() && a.chars().allMatch(Character::isDigit);
        boolean numberB = !b.isEmpty() && b.chars().allMatch(Character::isDigit);
        if (numberA && numberB) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        if (numberA != numberB) {
            return numberA ? 1 : -1;
        }
        return a.compareToIgnoreCase(b);
    }

    @Override
    public String toString() {
        return text;
    }
}
