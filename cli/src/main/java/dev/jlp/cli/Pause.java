package dev.jlp.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time between two looks at an agent. */
final class Pause {

    private Pause() {}

    /** Whether nobody interrupted it. */
    static boolean uninterrupted(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
        return !Thread.currentThread().isInterrupted();
    }
}
