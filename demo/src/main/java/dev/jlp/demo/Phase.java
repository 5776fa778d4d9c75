package dev.jlp.demo;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What was measured of the customers' requests in one part of the story. */
final class Phase {

    private static final long MICROS_MAX = 60_000_000;

    private final String title;
    private final Histogram micros = new ConcurrentHistogram(MICROS_MAX, 3);
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private final long begun = System.nanoTime();
    private volatile long ended;

    Phase(String title) {
        this.title = title;
    }

    void answered(long nanos) {
        micros.recordValue(Math.min(Math.max(nanos / 1_000, 0), MICROS_MAX));
    }

    void failed(String why) {
        failed.increment();
        firstFailure.compareAndSet(null, why);
    }

    void end() {
        ended = System.nanoTime();
    }

    String title() {
        return title;
    }

    long requests() {
        return micros.getTotalCount() + failures();
    }

    long failures() {
        return failed.sum();
    }

    String firstFailure() {
        String why = firstFailure.get();
        return why == null ? "none" : why;
    }

    double perSecond() {
        return micros.getTotalCount() * 1e9 / Math.max(ended - begun, 1);
    }

    double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    double millisMax() {
        return micros.getMaxValue() / 1_000.0;
    }
}
