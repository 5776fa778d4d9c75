package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

/**
 * What a command has to show for one JVM.
 *
 * @param document for programs, without its schema number
 * @param text for people, with its line ends; empty if everything has been printed already
 * @param exit the exit code
 */
record Outcome(JsonObject document, String text, int exit) {

    static Outcome done(JsonObject document, String text) {
        return new Outcome(document, text, 0);
    }
}
