package dev.jlp.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A step that does all there is to do, however often it is asked for. It waits in the worker's queue once at
 * most, so that commands don't stand behind thousands of it.
 */
final class Once {

    private final Executor later;
    private final Runnable step;

    /** Cleared before the step, which then sees all that was there when somebody found this set. */
    private final AtomicBoolean waits = new AtomicBoolean();

    Once(Executor later, Runnable step) {
        this.later = later;
        this.step = step;
    }

    /** Never blocks. What the step is to find has been put where it looks before. */
    void ask() {
        if (waits.compareAndSet(false, true)) {
            later.execute(() -> {
                waits.set(false);
                step.run();
            });
        }
    }
}
