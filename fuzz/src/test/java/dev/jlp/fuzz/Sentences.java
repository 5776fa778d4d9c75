package dev.jlp.fuzz;

import org.jspecify.annotations.Nullable;

/** What is refused is refused with a sentence on one line. */
final class Sentences {

    private Sentences() {}

    static void require(@Nullable String message) {
        if (message == null || message.isBlank()) {
            throw new AssertionError("no reason was given: " + message);
        }
    }
}
