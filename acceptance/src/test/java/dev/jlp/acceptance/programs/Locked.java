package dev.jlp.acceptance.programs;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Two locks of the program, held while a class arrives. */
public final class Locked {

    private static final Object MONITOR = new Object();
    private static final Lock LOCK = new ReentrantLock();

    private Locked() {}

    static String whileHeld(Callable<String> body) throws Exception {
        LOCK.lock();
        try {
            synchronized (MONITOR) {
                return body.call();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Takes one of the locks and gives it back; called by a callback. */
    public static String take(String which) {
        if (which.equals("monitor")) {
            synchronized (MONITOR) {
                return "had it";
            }
        }
        LOCK.lock();
        try {
            return "had it";
        } finally {
            LOCK.unlock();
        }
    }
}
