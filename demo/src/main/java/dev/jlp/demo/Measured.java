package dev.jlp.demo;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The table at the end. */
final class Measured {

    private static final int WIDTH = 84;

    private Measured() {}

    static void print(
            Page page,
            List<Phase> phases,
            Map<Fix, BuildReport> built,
            Map<Fix, PatchReport> reports) {
        List<Phase> measured = phases.subList(1, phases.size());
        row(page, "requests", measured, Phase::title);
        row(page, "  answered", measured, phase -> whole(phase.requests() - phase.failures()));
        row(page, "  failed", measured, phase -> whole(phase.failures()));
        row(page, "  per second", measured, phase -> decimal(phase.perSecond()));
        row(page, "  p50, ms", measured, phase -> decimal(phase.millisAt(50)));
        row(page, "  p99, ms", measured, phase -> decimal(phase.millisAt(99)));
        row(page, "  longest, ms", measured, phase -> decimal(phase.millisMax()));
        page.say("");
        List<Fix> fixes = List.copyOf(reports.keySet());
        Function<Fix, PatchReport> report = fix -> requireNonNull(reports.get(fix));
        Function<Fix, BuildReport> build = fix -> requireNonNull(built.get(fix));
        row(page, "patch", fixes, Fix::patch);
        row(page, "  releases", fixes, Fix::toString);
        row(page, "  changes taken", fixes, fix -> whole(build.apply(fix).taken()));
        row(
                page,
                "  classes left out",
                fixes,
                fix -> whole(build.apply(fix).leftOut().size()));
        row(page, "  methods in force", fixes, fix -> whole(report.apply(fix).methodCount()));
        row(page, "  in loaded classes", fixes, fix -> whole(report.apply(fix).classCount()));
        row(page, "  to patched, s", fixes, fix -> seconds(report.apply(fix).seconds()));
        row(
                page,
                "  of it switching, s",
                fixes,
                fix -> seconds(report.apply(fix).transitionSeconds()));
        row(page, "  arming, ms", fixes, fix -> decimal(report.apply(fix).armMillis()));
        row(page, "  finalising, ms", fixes, fix -> decimal(report.apply(fix).finaliseMillis()));
        row(
                page,
                "  stack pause max, ms",
                fixes,
                fix -> decimal(report.apply(fix).stackMillisMax()));
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    /** Few columns are wide ones: together they are as wide as many. */
    private static <T> void row(
            Page page, String title, List<T> columns, Function<T, String> cell) {
        String format = "%" + WIDTH / columns.size() + "s";
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s", title));
        for (T column : columns) {
            line.append(String.format(Locale.ROOT, format, cell.apply(column)));
        }
        page.say("%s", line);
    }
}
