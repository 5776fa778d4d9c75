package scenario.LIBRARY;

import dev.jlp.acceptance.programs.Gate;

/** What a scenario reads, and where a thread of it can stay. */
public final class Text {

    private Text() {}

    public static String read() {
        return "VERSION";
    }

    public static String stay() {
        Gate.pass("LIBRARY");
        return "VERSION";
    }
}
