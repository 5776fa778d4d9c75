package dev.jlp.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Faults of ours: they stay here, are printed once, and are shown by {@code status}. */
final class Contained {

    private static final int KEPT = 32;

    /** Static: a fault may be found before there is an agent to hold it. */
    private static final CopyOnWriteArrayList<String> FAULTS = new CopyOnWriteArrayList<>();

    private Contained() {}

    static void report(String what, Throwable cause) {
        say(what + ": " + cause);
    }

    /** As {@link #report}, for what has no cause of its own. */
    static void say(String line) {
        if (FAULTS.size() < KEPT && FAULTS.addIfAbsent(line)) {
            System.err.println("jlp: " + line);
        }
    }

    static List<String> faults() {
        return List.copyOf(FAULTS);
    }
}
