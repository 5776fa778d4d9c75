package dev.jlp.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The table at the end. */
final class Measured {

    private static final int WIDTH = 56;

    private Measured() {}

    static void print(Page page, List<Phase> phases, Map<Fix, PatchReport> reports) {
        List<Phase> measured = phases.subList(1, phases.size());
        row(page, "requests", measured, Phase::title);
        row(page, "  answered", measured, phase -> whole(phase.requests() - phase.failures()));
        row(page, "  failed", measured, phase -> whole(phase.failures()));
        row(page, "  per second", measured, phase -> decimal(phase.perSecond()));
        row(page, "  p50, ms", measured, phase -> decimal(phase.millisAt(50)));
        row(page, "  p99, ms", measured, phase -> decimal(phase.millisAt(99)));
        row(page, "  longest, ms", measured, phase -> decimal(phase.millisMax()));
        page.say("");
        List<Map.Entry<Fix, PatchReport>> patches = List.copyOf(reports.entrySet());
        row(page, "patch", patches, patch -> patch.getKey().patch());
        row(page, "  releases", patches, patch -> patch.getKey().toString());
        row(page, "  methods", patches, patch -> whole(patch.getValue().methodCount()));
        row(page, "  classes", patches, patch -> whole(patch.getValue().classCount()));
        row(
                page,
                "  notes of the build",
                patches,
                patch -> whole(patch.getValue().notes()));
        row(page, "  to patched, s", patches, patch -> seconds(patch.getValue().seconds()));
        row(
                page,
                "  of it switching, s",
                patches,
                patch -> seconds(patch.getValue().transitionSeconds()));
        row(
                page,
                "  pause to arm, ms",
                patches,
                patch -> decimal(patch.getValue().armMillis()));
        row(
                page,
                "  to finalise, ms",
                patches,
                patch -> decimal(patch.getValue().finaliseMillis()));
        row(
                page,
                "  to read stacks, ms",
                patches,
                patch -> decimal(patch.getValue().stackMillisMax()));
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
