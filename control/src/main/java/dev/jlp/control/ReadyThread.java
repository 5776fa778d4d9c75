package dev.jlp.control;

import java.util.concurrent.CountDownLatch;

/**
 * A daemon thread that is there before its work is. A JVM that gives no more threads is found out in this way
 * before anything hangs on them.
 */
public final class ReadyThread {

    private final Thread thread;
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile Runnable work = new Runnable() {
        @Override
        public void run() {
            // Dismissed.
        }
    };

    private ReadyThread(String name) {
        thread = daemon(name, this::run);
    }

    /**
     * Starts one.
     *
     * @throws OutOfMemoryError if the JVM gives no more threads
     */
    public static ReadyThread start(String name) {
        ReadyThread ready = new ReadyThread(name);
        ready.thread.start();
        return ready;
    }

    /** Gives it its work, once; it ends behind that. */
    public Thread begin(Runnable body) {
        work = body;
        told.countDown();
        return thread;
    }

    /** Lets it end if it has no work yet. */
    public void dismiss() {
        told.countDown();
    }

    /** Inherits nothing from the thread that happens to start it. */
    static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ReadyThread.class.getClassLoader());
        return thread;
    }

    /** Whoever interrupts it only wakes it. */
    private void run() {
        while (true) {
            try {
                told.await();
                break;
            } catch (InterruptedException woken) {
                // Not told yet.
            }
        }
        work.run();
    }
}
