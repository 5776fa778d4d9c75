package dev.jlp.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The table at the end. */
final class Measured {

    private Measured() {}

    static void print(Page page, List<Phase> phases, Map<Fix, PatchReport> reports) {
        List<Phase> measured = phases.subList(1, phases.size());
        row(page, "requests", measured, Phase::title);
        row(
                page,
                "  answered",
                measured,
                phase -> String.format(Locale.ROOT, "%,d", phase.requests() - phase.failures()));
        row(page, "  failed", measured, phase -> String.valueOf(phase.failures()));
        row(page, "  per second", measured, phase -> decimal(phase.perSecond()));
        row(page, "  p50, ms", measured, phase -> decimal(phase.millisAt(50)));
        row(page, "  p99, ms", measured, phase -> decimal(phase.millisAt(99)));
        row(page, "  longest, ms", measured, phase -> decimal(phase.millisMax()));
        List<Fix> fixes = List.copyOf(reports.keySet());
        page.say("");
        row(page, "patch", fixes, Fix::patch);
        row(page, "  releases", fixes, Fix::toString);
        row(page, "  methods", fixes, fix -> String.valueOf(report(reports, fix).methodCount()));
        row(page, "  classes", fixes, fix -> String.valueOf(report(reports, fix).classCount()));
        row(page, "  to patched, s", fixes, fix -> decimal(report(reports, fix).seconds()));
        row(
                page,
                "  pause to arm, ms",
                fixes,
                fix -> decimal(report(reports, fix).armMillis()));
        row(
                page,
                "  to finalise, ms",
                fixes,
                fix -> decimal(report(reports, fix).finaliseMillis()));
        row(page, "  to read stacks", fixes, fix -> decimal(report(reports, fix).stackMillisMax()));
    }

    private static PatchReport report(Map<Fix, PatchReport> reports, Fix fix) {
        return Objects.requireNonNull(reports.get(fix));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private static <T> void row(
            Page page, String title, List<T> columns, Function<T, String> cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-20s", title));
        for (T column : columns) {
            String text = cell.apply(column);
            line.append(String.format(
                    Locale.ROOT, columns.get(0) instanceof Fix ? "%26s" : "%13s", text));
        }
        page.say("%s", line);
    }
}
