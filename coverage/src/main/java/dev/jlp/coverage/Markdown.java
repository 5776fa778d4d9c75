package dev.jlp.coverage;

import java.util.List;

/** Rows of a table. */
final class Markdown {

    private static final int TEXT_MAX = 300;

    private Markdown() {}

    static List<String> head(List<String> titles) {
        return List.of(row(titles), "|" + "---|".repeat(titles.size()));
    }

    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** What somebody else said, on one line and without meaning anything in a table. */
    static String text(String said) {
        String plain = said.replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*");
        return plain.length() <= TEXT_MAX ? plain : plain.substring(0, TEXT_MAX) + "…";
    }
}
