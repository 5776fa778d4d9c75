package dev.jlp.acceptance.programs;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Threads that each make one call and end: at any depth of their stack, or to see what is kept of them. */
final class Visitors {

    private static final long STACK_BYTES = 1 << 18;
    private static final int TRIES_MAX = 600;

    private Visitors() {}

    /** Waits until nothing keeps a thread that made the call and has ended. */
    static String awaitForgotten(Runnable call) throws Exception {
        WeakReference<Thread> ended = visit(call);
        long end = System.nanoTime() + 60_000_000_000L;
        while (ended.get() != null) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("a thread that has ended is kept");
            }
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }
        return "forgotten";
    }

    private static WeakReference<Thread> visit(Runnable call) throws InterruptedException {
        Thread visitor = new Thread(call, "visitor");
        visitor.start();
        visitor.join();
        return new WeakReference<>(visitor);
    }

    /** Calls with less and less stack left, from a new thread each time; the kinds of errors that came out. */
    static String dive(Runnable call) throws InterruptedException {
        int[] deepest = new int[1];
        inSmallStack(() -> deepest[0] = deepest(0));
        Set<String> thrown = new TreeSet<>();
        for (int i = 0; i < TRIES_MAX; i++) {
            int depth = deepest[0] - i;
            inSmallStack(() -> {
                try {
                    at(depth, call);
                } catch (Error error) {
                    thrown.add(error.getClass().getName());
                }
            });
        }
        return String.join(" ", thrown);
    }

    private static void inSmallStack(Runnable body) throws InterruptedException {
        Thread diver = new Thread(null, body, "diver", STACK_BYTES);
        diver.start();
        diver.join();
    }

    private static int deepest(int depth) {
        try {
            return depth == Integer.MAX_VALUE ? depth : deepest(depth + 1);
        } catch (StackOverflowError end) {
            return depth;
        }
    }

    private static void at(int depth, Runnable call) {
        if (depth <= 0) {
            call.run();
        } else {
            at(depth - 1, call);
        }
    }
}
