package dev.jlp.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** How a thread waits for a callback. */
interface CallbackWait {

    /** Returns when the run is over or its time is up. */
    void await(CallbackRun run, long nanosMax);

    /** Why a run that is not over is given up. */
    default String verdict(CallbackRun run, long millisMax) {
        return "overran " + millisMax + " ms";
    }

    /** Called on the callback's thread when it is over. */
    default void wake() {}

    /**
     * An application's thread that defines the first class of a target: it waits for the callback's thread
     * alone, never for the worker. It gives up early where the callback waits for a lock that this thread
     * holds: neither would ever go on.
     */
    final class OfArrival implements CallbackWait {

        static final OfArrival INSTANCE = new OfArrival();

        private static final long CHECK_MILLIS = 20;

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        @SuppressWarnings("deprecation") // threadId is newer than 17
        public void await(CallbackRun run, long nanosMax) {
            long end = System.nanoTime() + nanosMax;
            long me = Thread.currentThread().getId();
            boolean interrupted = false;
            while (!run.isOver() && System.nanoTime() - end < 0 && !waitsFor(run, me)) {
                try {
                    boolean ended = run.over().await(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                    if (ended) {
                        break;
                    }
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        @SuppressWarnings("deprecation") // threadId is newer than 17
        public String verdict(CallbackRun run, long millisMax) {
            return waitsFor(run, Thread.currentThread().getId())
                    ? "broke the rule " + CallbackLoader.COMING_RULE
                            + ": it waits for a lock of the thread that defines the class"
                    : "overran " + millisMax + " ms";
        }

        private boolean waitsFor(CallbackRun run, long me) {
            if (!run.isBlocked()) {
                return false;
            }
            ThreadInfo info = threads.getThreadInfo(run.threadId());
            return info != null && info.getLockOwnerId() == me;
        }
    }
}
