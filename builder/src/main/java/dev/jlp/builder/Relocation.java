package dev.jlp.builder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A renamed package of a shaded library, as it was given to the plugin that shaded it.
 *
 * @param from what names begin with in the releases, with dots
 * @param to what stands there instead in the JVM
 */
public record Relocation(String from, String to) {

    private static final Pattern TEXT = Pattern.compile(
            "(?<from>[\\p{L}_$][\\p{L}\\p{N}_$.]*)=(?<to>[\\p{L}_$][\\p{L}\\p{N}_$.]*)");

    /**
     * Reads {@code FROM=TO}.
     *
     * @throws IllegalArgumentException in one sentence, if it is none
     */
    public static Relocation of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || parts.group("from").equals(parts.group("to"))) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a relocation such as 'org.example.lib=shaded.org.example.lib'");
        }
        return new Relocation(parts.group("from"), parts.group("to"));
    }
}
