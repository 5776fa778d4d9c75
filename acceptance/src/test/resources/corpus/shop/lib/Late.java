package lib;

/** Loaded only when a test asks for it. */
public final class Late {

    private static final String BORN = born();

    private Late() {}

    private static String born() {
        return "VERSION";
    }

    public static String value() {
        return BORN + " and " + "VERSION";
    }
}
