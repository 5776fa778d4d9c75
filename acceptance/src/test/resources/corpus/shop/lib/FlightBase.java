package lib;

/** The superclass whose loading a test holds up. */
public class FlightBase {

    protected static String base() {
        return "VERSION";
    }
}
