package dev.jlp.benchmarks.program;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One thread that works all the time; how far it came shows what it was kept from. */
final class Progress {

    private static final int ROUND = 10_000;
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicLong ROUNDS = new AtomicLong();

    private Progress() {}

    /** Rounds so far, after the first question has begun the work. */
    static long rounds() {
        if (!BEGUN.getAndSet(true)) {
            Threads.startPlatform(Progress::work);
        }
        return ROUNDS.get();
    }

    private static void work() {
        int sum = 0;
        while (true) {
            for (int i = 0; i < ROUND; i++) {
                sum = sum * 31 + i;
            }
            Threads.sink = sum;
            ROUNDS.lazySet(ROUNDS.get() + 1);
        }
    }
}
