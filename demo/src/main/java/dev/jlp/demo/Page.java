package dev.jlp.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** What the reader sees: chapters, facts, and colours where there is a terminal. */
final class Page {

    private static final int ASIDE_WIDTH = 84;
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;

    Page(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Whether standard output is a terminal; asked of the system, as the JDK's own answer depends on its version. */
    static boolean onTerminal() {
        if (System.getenv("NO_COLOR") != null) {
            return false;
        }
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException unknown) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void chapter(String title) {
        out.println();
        out.println(in(BOLD, title));
    }

    /** A fact, as {@link String#format}. */
    void say(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    /** A command as the operator types it. */
    void command(String line) {
        // Options go below each other where they would not fit.
        String folded = line.length() < 90 ? line : line.replace(" --", " \\\n        --");
        out.println("  " + in(DIM, "$ jlp " + folded));
    }

    /** Something of less weight. */
    void aside(String sentence) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + word.length() > ASIDE_WIDTH) {
                out.println("    " + in(DIM, line.toString().stripTrailing()));
                line.setLength(0);
                line.append("  ");
            }
            line.append(word).append(' ');
        }
        out.println("    " + in(DIM, line.toString().stripTrailing()));
    }

    void attack(Attack attack, boolean works) {
        String result = works ? in(RED, "WORKS") : in(GREEN, "FAILS");
        String seen = works ? "the shop called the attacker" : "nobody called";
        out.printf("  %s  %-32s %s%n", result, attack.title(), seen);
    }

    private String in(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
