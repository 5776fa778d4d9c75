package dev.jlp.benchmarks;

import dev.jlp.benchmarks.ServerRun.Phase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/** A row for each phase of each server. */
final class LoadTable {

    private static final double CALM = 1.1;
    private static final int COLUMNS = 15;
    private static final int WORDS_MAX = 300;

    private final Table table = new Table(
            "JDK",
            "tool",
            "phase",
            "requests",
            "failed",
            "answered, of alone",
            "p50, ms",
            "p99, ms",
            "p99.9, ms",
            "max, ms",
            "p99, of alone",
            "outside, of alone",
            "change, s",
            "calm after, s",
            "CPU, of alone");

    Table table() {
        return table;
    }

    void add(Jdk jdk, String tool, ServerRun server, Requests all) throws IOException {
        Phase first = server.phases().get(0);
        Requests alone = all.within(first.from(), first.to());
        double before = alone.millisAt(99);
        double limit = CALM * all.worst(99, first.from(), first.to());
        for (int i = 0; i < server.phases().size(); i++) {
            Phase phase = server.phases().get(i);
            Requests requests = all.within(phase.from(), phase.to());
            double outside = requests.outside(server.redefinitions()).millisAt(99);
            OptionalDouble calm = all.calm(99, limit, phase.event(), server.endAfter(i));
            table.add(
                    jdk.feature(),
                    tool,
                    phase.name(),
                    requests.count(),
                    requests.failed(),
                    Table.number(answered(requests, phase) / answered(alone, first), 3),
                    Table.number(requests.millisAt(50), 2),
                    Table.number(requests.millisAt(99), 2),
                    Table.number(requests.millisAt(99.9), 2),
                    Table.number(requests.millisAt(100), 2),
                    Table.number(requests.millisAt(99) / before, 2),
                    Table.number(outside / before, 2),
                    Table.number((phase.changed() - phase.event()) / 1e9, 2),
                    i == 0 ? "-" : calm.isPresent() ? Table.number(calm.getAsDouble(), 2) : "not",
                    cpu(requests, phase, alone, first));
        }
    }

    /** In place of the rows that a tool did not come to. */
    void refused(Jdk jdk, String tool, String words) {
        String line = words.replace('\n', ' ').replace("|", "/");
        String cut = line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "…" : line;
        List<Object> row = new ArrayList<>(List.of(jdk.feature(), tool, cut));
        row.addAll(Collections.nCopies(COLUMNS - row.size(), "-"));
        table.add(row.toArray());
    }

    private static double answered(Requests requests, Phase phase) {
        return (requests.count() - requests.failed()) / (double) (phase.to() - phase.from());
    }

    private static String cpu(Requests requests, Phase phase, Requests alone, Phase first) {
        if (phase.cpu() == null || first.cpu() == null) {
            return "-";
        }
        double each = phase.cpu().toNanos() / (double) requests.count();
        return Table.number(each / (first.cpu().toNanos() / (double) alone.count()), 2);
    }
}
