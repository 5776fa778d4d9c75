package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** Why somebody does what changes a JVM. */
final class ReasonOption {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the event log.")
    private @Nullable String reason;

    /** Arguments of a request, with the reason if one was given. */
    JsonObject arguments() {
        return reason == null ? new JsonObject() : Documents.of("reason", reason);
    }
}
