package dev.jlp.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stood in the way of a build.
 *
 * @param kind of the change, or {@code PROBLEM} if the build broke off
 * @param subject class and member; empty for a problem
 * @param reason the builder's sentence
 */
record Refusal(String kind, String subject, String reason) {

    static final String PROBLEM = "PROBLEM";

    /** A consequence, mostly: a body names a member that another refusal keeps away. */
    static final String LINK = "LINK";

    private static final Pattern QUOTED = Pattern.compile("(?<![A-Za-z])'(.*?)'(?![A-Za-z])");
    private static final Pattern VALUES =
            Pattern.compile("changes from '.*' to ('.*'|none)|changes from none to '.*'");
    private static final Pattern UNLINKED =
            Pattern.compile("the new (bodies|code) would not link: ");

    /** The sentence without its particulars; one that lists several things is several. */
    List<String> patterns() {
        Matcher unlinked = UNLINKED.matcher(reason);
        if (!unlinked.lookingAt()) {
            return List.of(pattern(reason));
        }
        List<String> patterns = new ArrayList<>();
        for (String phrase : reason.substring(unlinked.end()).split(", (?='|what )", -1)) {
            patterns.add("would not link: " + pattern(phrase));
        }
        return patterns;
    }

    private static String pattern(String sentence) {
        String plain = VALUES.matcher(sentence)
                .replaceFirst("changes from … to …")
                .replaceAll("line \\d+", "line …");
        return QUOTED.matcher(plain)
                .replaceAll(found -> Matcher.quoteReplacement(word(found.group(1))));
    }

    private static String word(String quoted) {
        if (quoted.contains(".<init>(")) {
            return "…<init>(…)";
        }
        return quoted.contains("(") ? "…(…)" : "…";
    }
}
