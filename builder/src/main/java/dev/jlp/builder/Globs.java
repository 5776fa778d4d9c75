package dev.jlp.builder;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns for classes and members: {@code *} is any text, {@code ?} one letter, dots and slashes
 * are the same.
 */
final class Globs {

    private final List<Pattern> patterns;

    Globs(List<String> globs) {
        this.patterns = globs.stream().map(Globs::compile).toList();
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean matchesClass(String className) {
        return matches(className.replace('/', '.'));
    }

    /** Whether the member is chosen by its own name or with its class. */
    boolean matches(String className, String member) {
        return matchesClass(className) || matchesMember(className, member);
    }

    boolean matchesMember(String className, String member) {
        return !member.isEmpty() && matches(className.replace('/', '.') + "." + member);
    }

    private boolean matches(String dotted) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(dotted).matches());
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.replace('/', '.').toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
