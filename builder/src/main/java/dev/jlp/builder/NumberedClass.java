package dev.jlp.builder;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a class that a compiler numbered: {@code A$1} and {@code A$1Local} of javac, ECJ and Kotlin,
 * {@code A$_run_closure1} and {@code A$_run_lambda2} of Groovy.
 *
 * @param prefix all before the number
 * @param number in its outer class
 * @param own what a local class is called in the source, or empty
 */
record NumberedClass(String prefix, String number, String own) {

    /** Of names with one prefix: numbers as numbers. */
    static final Comparator<String> BY_NUMBER = Comparator.comparing(
                    (String name) -> number(name).length())
            .thenComparing(NumberedClass::number)
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern PLAIN = Pattern.compile("(.*\\$)([0-9]+)([^0-9$][^$]*)?");

    private static final Pattern GROOVY =
            Pattern.compile("(.*\\$(?:_[^$]*)?_(?:closure|lambda))([0-9]+)");

    /** The parts of an internal name, or null for one without such a number. */
    static @Nullable NumberedClass of(String name) {
        Matcher groovy = GROOVY.matcher(name);
        if (groovy.matches()) {
            return new NumberedClass(groovy.group(1), groovy.group(2), "");
        }
        Matcher plain = PLAIN.matcher(name);
        if (plain.matches()) {
            String own = plain.group(3);
            return new NumberedClass(plain.group(1), plain.group(2), own == null ? "" : own);
        }
        return null;
    }

    /** The class that the number belongs to, by the prefix of the name. */
    static String owner(String prefix) {
        return prefix.substring(0, prefix.lastIndexOf('$'));
    }

    private static String number(String name) {
        NumberedClass numbered = of(name);
        return numbered == null ? "" : numbered.number();
    }
}
