package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A picture of some series as SVG: lines over numbers, or bars over names. */
final class Plot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 560;
    private static final int TOP = 40;
    private static final int BOTTOM = 300;
    private static final int LEGEND_LINE = 18;
    private static final int MARKS = 5;
    private static final int LINE_POINTS_MAX = 40;
    private static final List<String> COLOURS = List.of(
            "#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#8c564b", "#17becf", "#7f7f7f");

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<String> names;
    private final List<Series> all = new ArrayList<>();

    /** What an axis shows; on a logarithmic one only positive numbers have a place. */
    record Axis(String label, boolean logarithmic) {
        private double place(double value) {
            return logarithmic ? Math.log10(value) : value;
        }
    }

    private static final class Series {
        private final String name;
        private final double[] xs;
        private final double[] ys;

        Series(String name, double[] xs, double[] ys) {
            this.name = name;
            this.xs = xs.clone();
            this.ys = ys.clone();
        }
    }

    /** Ends of an axis, in places. */
    private record Range(double from, double to) {
        static Range of(DoubleStream places) {
            double[] ends = places.filter(Double::isFinite).sorted().toArray();
            if (ends.length == 0) {
                return new Range(0, 1);
            }
            double last = ends[ends.length - 1];
            return new Range(ends[0], last > ends[0] ? last : ends[0] + 1);
        }

        double part(double place) {
            return (place - from) / (to - from);
        }
    }

    private Plot(String title, Axis x, Axis y, List<String> names) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.names = names;
    }

    static Plot lines(String title, Axis x, Axis y) {
        return new Plot(title, x, y, List.of());
    }

    /** One group of bars a name. */
    static Plot bars(String title, List<String> names, String label) {
        return new Plot(title, new Axis("", false), new Axis(label, false), names);
    }

    /** Points in the order in which a line joins them. */
    void add(String name, double[] xs, double[] ys) {
        all.add(new Series(name, xs, ys));
    }

    /** A bar for each name of the plot. */
    void add(String name, double[] ys) {
        add(name, IntStream.range(0, ys.length).asDoubleStream().toArray(), ys);
    }

    String svg() {
        Range across = names.isEmpty()
                ? Range.of(all.stream()
                        .flatMapToDouble(each -> DoubleStream.of(each.xs).map(x::place)))
                : new Range(-0.5, names.size() - 0.5);
        Range up = Range.of(DoubleStream.concat(
                y.logarithmic ? DoubleStream.empty() : DoubleStream.of(0),
                all.stream().flatMapToDouble(each -> DoubleStream.of(each.ys).map(y::place))));
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT));
        text(out, LEFT, 20, "start", title);
        text(out, (LEFT + RIGHT) / 2.0, BOTTOM + 45, "middle", x.label);
        text(out, LEFT, TOP - 6, "end", y.label);
        marks(out, across, up);
        for (int i = 0; i < all.size(); i++) {
            String colour = COLOURS.get(i % COLOURS.size());
            Series series = all.get(i);
            if (names.isEmpty()) {
                line(out, series, colour, across, up);
            } else {
                bars(out, i, colour, across, up);
            }
            double legend = TOP + 10 + LEGEND_LINE * (double) i;
            box(out, RIGHT + 15, legend - 9, 12, 10, colour);
            text(out, RIGHT + 33, legend, "start", series.name);
        }
        return out.append("</svg>\n").toString();
    }

    private void marks(StringBuilder out, Range across, Range up) {
        out.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"black\"/>%n",
                LEFT,
                TOP,
                BOTTOM,
                RIGHT));
        for (int i = 0; i <= MARKS; i++) {
            double part = (double) i / MARKS;
            text(out, LEFT - 6, height(part) + 4, "end", number(y, up, part));
            if (names.isEmpty()) {
                text(out, width(part), BOTTOM + 18, "middle", number(x, across, part));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            // Neighbours stand on different heights, so that long names do not meet.
            text(out, width(across.part(i)), BOTTOM + 15 + 12 * (i % 2), "middle", names.get(i));
        }
    }

    private void line(StringBuilder out, Series series, String colour, Range across, Range up) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.xs.length; i++) {
            double at = width(across.part(x.place(series.xs[i])));
            double high = height(up.part(y.place(series.ys[i])));
            if (Double.isFinite(at) && Double.isFinite(high)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", at, high));
                if (series.xs.length <= LINE_POINTS_MAX) {
                    box(out, at - 2, high - 2, 4, 4, colour);
                }
            }
        }
        out.append(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>%n",
                points.toString().strip(),
                colour));
    }

    private void bars(StringBuilder out, int index, String colour, Range across, Range up) {
        Series series = all.get(index);
        double wide = (RIGHT - LEFT) * 0.8 / names.size() / all.size();
        for (int i = 0; i < series.ys.length; i++) {
            double high = height(up.part(series.ys[i]));
            if (Double.isFinite(high)) {
                double at = width(across.part(i)) + wide * (index - all.size() / 2.0);
                box(out, at, high, wide, BOTTOM - high, colour);
            }
        }
    }

    private static double width(double part) {
        return LEFT + part * (RIGHT - LEFT);
    }

    private static double height(double part) {
        return BOTTOM - part * (BOTTOM - TOP);
    }

    /** What stands at a part of an axis. */
    private static String number(Axis axis, Range range, double part) {
        double place = range.from + part * (range.to - range.from);
        double value = axis.logarithmic ? Math.pow(10, place) : place;
        int decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;");
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                safe));
    }

    private static void box(
            StringBuilder out, double x, double y, double wide, double high, String colour) {
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                wide,
                high,
                colour));
    }
}
