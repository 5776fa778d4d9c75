package dev.jlp.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}; a bare number is seconds. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "", 1000L, "m", 60_000L, "h", 3_600_000L);

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time like 500ms, 60s, 2m or 1h");
        }
        return Duration.ofMillis(
                Long.parseLong(form.group(1)) * MILLIS.getOrDefault(form.group(2), 1000L));
    }

    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Seconds in the unit that people would take. */
    static String text(double seconds) {
        long whole = Math.round(seconds);
        if (seconds < 0.9995) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (whole < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 6000
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole / 60 % 60 + " min";
    }
}
