package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How fast something went over the time, from samples of how far it had come. */
final class Pace {

    /** From one sample to the next. */
    private record Step(long from, long to, double perSecond) {}

    private final List<Step> steps = new ArrayList<>();

    /** Of {@code nanoseconds:count} with commas between them. */
    Pace(String samples) {
        long beforeNanos = 0;
        long before = 0;
        for (String sample : samples.split(",", -1)) {
            if (!sample.isEmpty()) {
                String[] parts = sample.split(":", -1);
                long nanos = Long.parseLong(parts[0]);
                long count = Long.parseLong(parts[1]);
                if (beforeNanos != 0) {
                    steps.add(new Step(
                            beforeNanos, nanos, (count - before) * 1e9 / (nanos - beforeNanos)));
                }
                beforeNanos = nanos;
                before = count;
            }
        }
    }

    /** The middle of the steps between two times; not a number if there are none. */
    double median(long from, long to) {
        List<Double> within = within(from, to).stream().map(Step::perSecond).toList();
        return within.isEmpty() ? Double.NaN : Table.median(within);
    }

    double lowest(long from, long to) {
        return within(from, to).stream().mapToDouble(Step::perSecond).min().orElse(Double.NaN);
    }

    /** Seconds from a time until three steps one after the other are that fast; nothing if none are. */
    OptionalDouble back(double perSecond, long from, long to) {
        int inRow = 0;
        for (Step step : within(from, to)) {
            inRow = step.perSecond() >= perSecond ? inRow + 1 : 0;
            if (inRow == 1 && isBack(step, perSecond, to)) {
                return OptionalDouble.of((step.from() - from) / 1e9);
            }
        }
        return OptionalDouble.empty();
    }

    private boolean isBack(Step first, double perSecond, long to) {
        List<Step> next = within(first.from(), to);
        return next.size() >= 3
                && next.subList(0, 3).stream().allMatch(each -> each.perSecond() >= perSecond);
    }

    /** Seconds after a time, and the pace there, as a part of another. */
    double[][] series(long zero, double of) {
        return new double[][] {
            steps.stream().mapToDouble(each -> (each.to() - zero) / 1e9).toArray(),
            steps.stream().mapToDouble(each -> each.perSecond() / of).toArray()
        };
    }

    private List<Step> within(long from, long to) {
        return steps.stream()
                .filter(each -> each.from() >= from && each.to() <= to)
                .toList();
    }
}
