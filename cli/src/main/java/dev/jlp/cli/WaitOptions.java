package dev.jlp.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;

/** How long a command waits for the transition it started. */
final class WaitOptions {

    private static final Duration STANDARD = Duration.ofSeconds(60);

    @Option(
            names = "--wait",
            paramLabel = "T",
            converter = Durations.class,
            description =
                    "Time for the transition, like 500ms, 60s or 2m; then it is reversed. Default: 60s.")
    private @Nullable Duration wait;

    @Option(names = "--no-wait", description = "Return when the transition is started.")
    private boolean noWait;

    @Option(names = "--keep-waiting", description = "Out of time, leave the transition running.")
    private boolean keepWaiting;

    /** What does not go together, or null. */
    @Nullable
    String contradiction() {
        if (noWait && keepWaiting) {
            return "--no-wait and --keep-waiting exclude each other";
        }
        return noWait && wait != null ? "--no-wait and --wait exclude each other" : null;
    }

    Duration limit() {
        return wait == null ? STANDARD : wait;
    }

    boolean none() {
        return noWait;
    }

    boolean keep() {
        return keepWaiting;
    }
}
