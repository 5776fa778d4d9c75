package lib;

/** A class that is in the middle of its definition when the patch comes. */
public final class Flight extends FlightBase {

    private Flight() {}

    public static String value() {
        return "VERSION" + " " + base();
    }
}
