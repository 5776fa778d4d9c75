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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The agent's options: behind the jar, then system properties {@code jlp.KEY}, then environment {@code
 * JLP_KEY}.
 */
record AgentOptions(Map<String, String> given) {

    private static final Set<String> KEYS = Set.of(
            "enabled",
            "callback-limit",
            "confirm",
            "conflicts",
            "control",
            "crash-guard",
            "events",
            "native",
            "nudge",
            "on-failure",
            "patches",
            "state",
            "walk-pause");

    /** Known, and not there: whoever gives it must not believe that patches are checked. */
    private static final String TRUST = "trust";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s|m)");

    /** A year, so that it can be added to a moment. */
    private static final long MINUTES_MAX = 525_600;

    /** Longest pause of one batch of stack reading, unless told otherwise. */
    private static final Duration WALK_PAUSE = Duration.ofMillis(1);

    private static final Duration CRASH_GUARD = Duration.ofSeconds(60);

    /** Time that a callback has, unless told otherwise. */
    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(10);

    static AgentOptions parse(String text) {
        Map<String, String> given = new HashMap<>();
        for (String option : text.split(",", -1)) {
            int equals = option.indexOf('=');
            if (!option.isBlank()) {
                String key = equals < 0 ? option : option.substring(0, equals);
                if (!isKey(key)) {
                    throw unknown(key);
                }
                given.put(key, equals < 0 ? "" : option.substring(equals + 1));
            }
        }
        AgentOptions options = new AgentOptions(given);
        if (options.value(TRUST).isPresent()) {
            throw unknown(TRUST);
        }
        return options;
    }

    static boolean isKey(String name) {
        return KEYS.contains(name);
    }

    private static IllegalArgumentException unknown(String key) {
        return new IllegalArgumentException(
                key.equals(TRUST)
                        ? "the agent option 'trust' is not there yet: signatures are not checked; an agent that starts without it,"
                                + " 'jlp.trust' and 'JLP_TRUST' takes unsigned patches"
                        : "unknown agent option '" + key + "'; known are " + new TreeSet<>(KEYS));
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
                .filter(folder -> !PatchFolder.isNone(folder))
                .map(PatchFolder::new);
    }

    /** Within which a loaded patch has to be confirmed, unless the load says otherwise. */
    Optional<Duration> confirm() {
        return value("confirm").map(AgentOptions::duration);
    }

    /** How long after its load a patch is suspected of its JVM's death; 0s: never. */
    Duration crashGuard() {
        return value("crash-guard").map(AgentOptions::duration).orElse(CRASH_GUARD);
    }

    private Duration walkPause() {
        return value("walk-pause").map(AgentOptions::duration).orElse(WALK_PAUSE);
    }

    private Duration callbackLimit() {
        return value("callback-limit").map(AgentOptions::duration).orElse(CALLBACK_LIMIT);
    }

    Policy policy() {
        return new Policy(
                conflicts(),
                onFailure(),
                revertsNative(),
                walkPause().toNanos(),
                callbackLimit().toNanos(),
                unparks());
    }

    private boolean revertsNative() {
        String word = value("native").orElse("keep");
        return switch (word) {
            case "keep" -> false;
            case "revert" -> true;
            default ->
                throw new IllegalArgumentException(
                        "'native' is '" + word + "'; it can be 'keep' or 'revert'");
        };
    }

    private boolean unparks() {
        String word = value("nudge").orElse("none");
        return switch (word) {
            case "none" -> false;
            case "unpark" -> true;
            default ->
                throw new IllegalArgumentException(
                        "'nudge' is '" + word + "'; it can be 'none' or 'unpark'");
        };
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
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a duration such as 500us, 1ms, 2s or 5m, of at most 9 digits");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "us" -> Duration.ofNanos(number * 1_000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(Math.min(number, MINUTES_MAX));
        };
    }
}
