package dev.jlp.acceptance.programs;

import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the no-mixture program from asking for more than the machine has. Without it the owner of a
 * monitor waits behind hundreds of threads for a processor, those who wait for the monitor wait that
 * long each, and a body that blocks on it stays on some stack for as long as one cares to look.
 */
final class Pace {

    private static final int RUNNING_MAX = 24;
    private static final long RESTED_CALLS_PER_SECOND = 10_000;
    private static final int BUSY_CALLS = 64;
    private static final int RESTING_CALLS = 8;
    private static final int BRIEF_CALLS = 20;

    private final Semaphore turns = new Semaphore(RUNNING_MAX);
    private final long restNanos;

    /** For so many threads that rest, all of them together making a steady number of calls a second. */
    Pace(int restingThreads) {
        restNanos = 1_000_000_000L * restingThreads * RESTING_CALLS / RESTED_CALLS_PER_SECOND;
    }

    /** Runs {@code call} as often as a thread of that habit does, for ever or until it is over. */
    void keep(Habit habit, SplittableRandom random, Runnable call) {
        if (habit == Habit.BRIEF) {
            repeat(BRIEF_CALLS, call);
            return;
        }
        boolean rests = habit == Habit.RESTING;
        while (true) {
            turns.acquireUninterruptibly();
            repeat(rests ? RESTING_CALLS : BUSY_CALLS, call);
            turns.release();
            if (rests) {
                LockSupport.parkNanos(restNanos / 2 + random.nextLong(restNanos));
            }
        }
    }

    private static void repeat(int times, Runnable call) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
