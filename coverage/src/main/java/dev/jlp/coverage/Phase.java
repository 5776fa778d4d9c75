package dev.jlp.coverage;

/** The steps that every JVM of a differential run goes through; only one has a patch come and go. */
enum Phase {
    /** All calls, before the patch. */
    BEFORE,
    /** All calls, while it is enabled. */
    AFTER,
    /** While it is enabled, with objects made before it. */
    OLD_OBJECTS,
    /** All calls, after the disable. */
    DISABLED,
    /** After the disable, with objects made before the patch. */
    OLDEST_OBJECTS,
    /** After the disable, with objects made while it was enabled. */
    LEFT_OBJECTS;

    /** The name of its results. */
    String file() {
        return name() + ".txt";
    }
}
