package lib;

import dev.jlp.acceptance.programs.Gate;

/** Its static initialiser, which the patch leaves alone, takes as long as the test wants. */
public final class Initialising {

    static {
        Gate.pass("initialiser");
    }

    private Initialising() {}

    public static String value() {
        return "VERSION";
    }
}
