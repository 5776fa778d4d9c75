package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plain table: printed row by row while it is measured, and kept for the document. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(String... heads) {
        add((Object[]) heads);
        String rule = "|" + "---|".repeat(heads.length);
        lines.add(rule);
        System.out.println(rule);
    }

    void add(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        lines.add(line.toString());
        System.out.println(line);
    }

    List<String> lines() {
        return lines;
    }

    /** A number with so many decimals. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
