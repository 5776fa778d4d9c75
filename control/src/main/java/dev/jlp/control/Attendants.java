package dev.jlp.control;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * The threads that hold conversations: one that stays, so that an operator is heard in a JVM that gives no more
 * threads, and beside it one for each conversation, as far as they are to be had.
 */
final class Attendants {

    /** How long a conversation waits for the one that stays, where there is no other. */
    private static final long WAIT_MILLIS = 3_000;

    private final SynchronousQueue<Runnable> next = new SynchronousQueue<>();
    private volatile boolean closed;
    private int count = 1;

    private Attendants() {}

    /** Those of one server; {@code first} is the one that stays. */
    static Attendants of(ReadyThread first) {
        Attendants attendants = new Attendants();
        first.begin(attendants::attend);
        return attendants;
    }

    /**
     * Has a conversation held. Called by one thread.
     *
     * @param conversation must not throw
     * @return false if there is no thread for it
     */
    boolean take(Runnable conversation) {
        return next.offer(conversation) || begin(conversation) || awaitFirst(conversation);
    }

    /** The one that stays goes when it is free. */
    void close() {
        closed = true;
        next.offer(() -> {});
    }

    private boolean begin(Runnable conversation) {
        try {
            ReadyThread.daemon("jlp-control-" + (count + 1), conversation).start();
            count++;
            return true;
        } catch (OutOfMemoryError noThread) {
            return false;
        }
    }

    private boolean awaitFirst(Runnable conversation) {
        try {
            return next.offer(conversation, WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException woken) {
            return next.offer(conversation);
        }
    }

    private void attend() {
        while (!closed) {
            try {
                next.take().run();
            } catch (InterruptedException woken) {
                // Not by us, and no reason to go.
            }
        }
    }
}
