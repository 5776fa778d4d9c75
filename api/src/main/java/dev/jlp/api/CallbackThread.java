package dev.jlp.api;

import org.jspecify.annotations.Nullable;

/** The agent's thread on which callbacks run. Authors have no use for it. */
public final class CallbackThread extends Thread {

    private volatile boolean abandoned;

    /** A thread that inherits nothing from the one that makes it. */
    public CallbackThread(
            @Nullable ThreadGroup group, Runnable body, String name, @Nullable ClassLoader loader) {
        super(group, body, name, 0, false);
        setDaemon(true);
        setContextClassLoader(loader);
    }

    /** Nobody waits for its callback any more. */
    public void abandon() {
        abandoned = true;
    }

    /**
     * To be called where callbacks come by.
     *
     * @throws IllegalStateException if this is the thread of a callback that was abandoned
     */
    static void requireInTime() {
        if (Thread.currentThread() instanceof CallbackThread late && late.abandoned) {
            throw new IllegalStateException(
                    "this callback was abandoned, since it overran: what it does counts no more");
        }
    }
}
