package lib;

/** Never patched: calls without reflection. */
public final class Caller {

    private Caller() {}

    public static String initialising() {
        return Initialising.value();
    }
}
