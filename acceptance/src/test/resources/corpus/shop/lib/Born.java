package lib;

import dev.jlp.acceptance.programs.Gate;

/** Its static initialiser, which the patch leaves alone, calls what the patch changes. */
public final class Born {

    private static final String BORN;

    static {
        Gate.pass("birth");
        BORN = Greeter.greet();
    }

    private Born() {}

    public static String both() {
        return BORN + " " + "VERSION";
    }
}
