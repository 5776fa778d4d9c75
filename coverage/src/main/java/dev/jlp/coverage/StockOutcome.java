package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

/** What a plain redefinition did to a demonstration. */
enum StockOutcome {
    EFFECTIVE("fixed"),
    NO_EFFECT("accepted, no effect"),
    /** The demonstration breaks with the classes. */
    BROKEN("accepted, broken"),
    REJECTED("rejected"),
    UNSHOWN("not shown");

    private final String text;

    StockOutcome(String text) {
        this.text = text;
    }

    /** For a table. */
    String text() {
        return text;
    }

    boolean accepted() {
        return this == EFFECTIVE || this == NO_EFFECT || this == BROKEN;
    }

    /** @param trial what {@code Live.stock} wrote down */
    static StockOutcome of(JsonObject trial) {
        if (!Outcome.vulnerable(trial, "before")) {
            return UNSHOWN;
        }
        if (trial.getString("redefine", "ERROR").startsWith("ERROR")) {
            return REJECTED;
        }
        if (Outcome.fixed(trial, "after")) {
            return EFFECTIVE;
        }
        return Outcome.vulnerable(trial, "after") ? NO_EFFECT : BROKEN;
    }
}
