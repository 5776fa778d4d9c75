package dev.jlp.benchmarks;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Requests of all clients, by the time when they were due. */
final class Requests {

    private static final int DIGITS = 3;
    private static final int STEPS = 4;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<Request> all;

    private Requests(List<Request> all) {
        this.all = all;
    }

    /** Those of several clients as those of one. */
    static Requests merge(Collection<List<Request>> clients) {
        List<Request> all = new ArrayList<>();
        clients.forEach(all::addAll);
        all.sort(Comparator.comparingLong(Request::due));
        return new Requests(all);
    }

    /** Those that were due from here on, and before there. */
    Requests within(long from, long to) {
        return new Requests(all.stream().filter(each -> each.within(from, to)).toList());
    }

    /** Those that were not under way in any of these times. */
    Requests outside(List<Interval> times) {
        return new Requests(all.stream()
                .filter(each -> times.stream().noneMatch(time -> time.meets(each)))
                .toList());
    }

    int count() {
        return all.size();
    }

    long failed() {
        return all.stream().filter(each -> !each.answered()).count();
    }

    /** Of the answered ones, in ms. */
    double millisAt(double percentile) {
        Histogram times = new Histogram(DIGITS);
        for (Request each : all) {
            if (each.answered()) {
                times.recordValue(Math.max(0, each.done() - each.due()));
            }
        }
        return times.getTotalCount() == 0
                ? Double.NaN
                : times.getValueAtPercentile(percentile) / 1e6;
    }

    /** A percentile over the time, one number for each slice. */
    double[] series(double percentile, long from, long slice, int slices) {
        double[] found = new double[slices];
        for (int i = 0; i < slices; i++) {
            found[i] = within(from + i * slice, from + (i + 1) * slice).millisAt(percentile);
        }
        return found;
    }

    /**
     * Seconds from the beginning to the end of the last trouble: after it every second has its percentile
     * below the limit, and no failure. Nothing if the last second has not.
     */
    OptionalDouble calm(double percentile, double limitMillis, long from, long to) {
        long step = SECOND / STEPS;
        long calmFrom = from;
        for (long at = from; at + SECOND <= to; at += step) {
            Requests second = within(at, at + SECOND);
            // Not a number: nothing was answered.
            if (!(second.millisAt(percentile) <= limitMillis) || second.failed() > 0) {
                calmFrom = at + step;
            }
        }
        return calmFrom + SECOND <= to
                ? OptionalDouble.of((calmFrom - from) / 1e9)
                : OptionalDouble.empty();
    }

    /** The highest percentile of all seconds. */
    double worst(double percentile, long from, long to) {
        double worst = 0;
        for (long at = from; at + SECOND <= to; at += SECOND / STEPS) {
            worst = Math.max(worst, within(at, at + SECOND).millisAt(percentile));
        }
        return worst;
    }

    /** From one of the machine's nanoseconds to another. */
    record Interval(long from, long to) {
        boolean meets(Request request) {
            return request.due() <= to && request.done() >= from;
        }
    }
}
