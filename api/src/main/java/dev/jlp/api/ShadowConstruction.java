package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One run of a constructor. Others who want its variable wait for it, but not for themselves. */
final class ShadowConstruction {

    /**
     * Who waits for what, to be read under its own monitor. Static because threads may wait for one another
     * across ids. No code of an author runs under it.
     */
    private static final Map<Thread, ShadowConstruction> WAITING = new HashMap<>();

    private final String id;
    private final Thread maker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    ShadowConstruction(String id) {
        this.id = id;
    }

    void end() {
        ended.countDown();
    }

    /**
     * Returns when the constructor has returned or thrown. An interrupt does not end the wait.
     *
     * @throws IllegalStateException if the constructor waits for this thread
     */
    void await() {
        Thread waiting = Thread.currentThread();
        synchronized (WAITING) {
            if (waitsFor(waiting)) {
                throw new IllegalStateException("the constructor of the shadow variable '" + id
                        + "' asks for the variable that it makes, itself or through another thread's"
                        + " constructor");
            }
            WAITING.put(waiting, this);
        }
        try {
            awaitUninterruptibly(waiting);
        } finally {
            synchronized (WAITING) {
                WAITING.remove(waiting);
            }
        }
    }

    private boolean waitsFor(Thread thread) {
        @Nullable ShadowConstruction each = this;
        while (each != null && each.ended.getCount() != 0) {
            if (each.maker == thread) {
                return true;
            }
            each = WAITING.get(each.maker);
        }
        return false;
    }

    private void awaitUninterruptibly(Thread waiting) {
        boolean interrupted = false;
        while (ended.getCount() != 0) {
            try {
                ended.await();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            waiting.interrupt();
        }
    }
}
