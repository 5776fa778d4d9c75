package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

/** What a patch did to a demonstration. */
enum Outcome {
    /** Loaded: fixed. Disabled: vulnerable again. */
    EFFECTIVE("fixed"),
    /** Fixed, and after the disable still so. */
    NOT_TAKEN_BACK("fixed, not taken back"),
    /** New threads are fixed; one that never leaves the old code holds the transition. */
    HELD("fixed, in transition"),
    /** The worst: the load said that all is well. */
    SILENT("NO EFFECT, no warning"),
    /** No effect, and the load had warned of something. */
    WARNED("no effect, warned"),
    /** The load was refused or undone. */
    REFUSED("load refused"),
    /** The demonstration, the JVM or the command broke. */
    BROKEN("broken"),
    /** The demonstration did not show the hole before the patch. */
    UNSHOWN("not shown"),
    /** There was no patch. */
    NOT_BUILT("-");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** For a table. */
    String text() {
        return text;
    }

    /** @param trial what {@code Live.patched} wrote down; empty if there was no patch */
    static Outcome of(JsonObject trial) {
        if (!trial.has("before")) {
            return trial.has("problem") ? BROKEN : NOT_BUILT;
        }
        if (!vulnerable(trial, "before")) {
            return UNSHOWN;
        }
        JsonObject load = trial.getObject("load", new JsonObject());
        boolean held = load.getString("state", "").equals("transition");
        if (load.getInt("exit", 1) != 0 && !held) {
            return REFUSED;
        }
        if (vulnerable(trial, "after")) {
            return held || !load.getArray("warnings", new JsonArray()).isEmpty() ? WARNED : SILENT;
        }
        if (!fixed(trial, "after")) {
            return BROKEN;
        }
        if (held) {
            return HELD;
        }
        return vulnerable(trial, "again") ? EFFECTIVE : NOT_TAKEN_BACK;
    }

    /** What was said where it went wrong; empty if nobody said anything. */
    static String explanation(JsonObject trial) {
        JsonObject load = trial.getObject("load", new JsonObject());
        JsonObject undo = trial.getObject("undo", new JsonObject());
        return switch (of(trial)) {
            case UNSHOWN -> trial.getString("before", "");
            case BROKEN -> trial.getString("problem", trial.getString("after", ""));
            case REFUSED, HELD -> load.getString("message", "");
            case WARNED ->
                load.getString("message", "") + load.getArray("warnings", new JsonArray());
            case NOT_TAKEN_BACK ->
                undo.getString("message", "") + " " + trial.getString("again", "");
            default -> trial.getString("after", "");
        };
    }

    static boolean vulnerable(JsonObject trial, String when) {
        return trial.getString(when, "").startsWith("VULN");
    }

    static boolean fixed(JsonObject trial, String when) {
        return trial.getString(when, "").startsWith("FIXED");
    }
}
