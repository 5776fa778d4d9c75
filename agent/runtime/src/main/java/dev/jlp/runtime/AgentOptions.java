package dev.jlp.runtime;

import dev.jlp.control.OwnFolder;
import dev.jlp.control.PatchFolder;
import dev.jlp.engine.Conflicts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agent's options: behind the jar, then system properties {@code jlp.KEY}, then environment {@code
 * JLP_KEY}.
 */
record AgentOptions(Map<String, String> given) {

    private static final Set<String> KEYS = Set.of(
            "enabled",
            "conflicts",
            "control",
            "crash-guard",
            "events",
            "on-failure",
            "patches",
            "state",
            "walk-pause");

    /** Longest pause of one batch of stack reading, unless told otherwise. */
    private static final Duration WALK_PAUSE = Duration.ofMillis(1);

    private static final Duration CRASH_GUARD = Duration.ofSeconds(60);

    static AgentOptions parse(String text) {
        Map<String, String> given = new HashMap<>();
        for (String option : text.split(",", -1)) {
            int equals = option.indexOf('=');
            if (!option.isBlank()) {
                String key = equals < 0 ? option : option.substring(0, equals);
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException(
                            "unknown agent option '" + key + "'; known are " + KEYS);
                }
                given.put(key, equals < 0 ? "" : option.substring(equals + 1));
            }
        }
        return new AgentOptions(given);
    }

    Optional<Path> control() {
        return value("control").map(Path::of);
    }

    Optional<Path> events() {
        return value("events").map(Path::of);
    }

    /** State on disk. */
    Path state() {
        return value("state").map(Path::of).orElseGet(OwnFolder::ofState);
    }

    /** The folder of installed patches; {@code none} means none. */
    Optional<PatchFolder> patches() {
        return Optional.of(value("patches")
                        .map(Path::of)
                        .orElseGet(() -> OwnFolder.ofPatches(state())))
                .filter(folder -> !folder.equals(Path.of("none")))
                .map(PatchFolder::new);
    }

    /** How long after its load a patch is suspected of its JVM's death; 0s: never. */
    Duration crashGuard() {
        return value("crash-guard").map(AgentOptions::duration).orElse(CRASH_GUARD);
    }

    private Duration walkPause() {
        return value("walk-pause").map(AgentOptions::duration).orElse(WALK_PAUSE);
    }

    Policy policy() {
        return new Policy(conflicts(), onFailure(), walkPause().toNanos());
    }

    private OnFailure onFailure() {
        String word = value("on-failure").orElse("");
        return switch (word) {
            case "" -> OnFailure.BY_CAUSE;
            case "refuse" -> OnFailure.REFUSE;
            case "alarm" -> OnFailure.ALARM;
            default ->
                throw new IllegalArgumentException(
                        "'on-failure' is '" + word + "'; it can be 'refuse' or 'alarm'");
        };
    }

    private Conflicts conflicts() {
        String word = value("conflicts").orElse("refuse");
        return switch (word) {
            case "refuse" -> Conflicts.REFUSE;
            case "stack" -> Conflicts.STACK;
            default ->
                throw new IllegalArgumentException(
                        "'conflicts' is '" + word + "'; it can be 'refuse' or 'stack'");
        };
    }

    private Optional<String> value(String key) {
        String value = given.get(key);
        if (value == null) {
            value = System.getProperty("jlp." + key);
        }
        if (value == null) {
            value = System.getenv("JLP_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    private static Duration duration(String text) {
        if (text.endsWith("us")) {
            return Duration.ofNanos(Long.parseLong(text.substring(0, text.length() - 2)) * 1_000);
        }
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        if (text.endsWith("s")) {
            return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
        }
        if (text.endsWith("m")) {
            return Duration.ofMinutes(Long.parseLong(text.substring(0, text.length() - 1)));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a duration such as 500us, 1ms, 2s or 5m");
    }
}
