package dev.jlp.stress;

import dev.jlp.bridge.JlpDispatch;
import dev.jlp.bridge.JlpThread;
import dev.jlp.bridge.JlpTransition;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One transition, made anew for each round of a test. The bridge holds one transition at a time, so a test
 * must run one round at a time: strides of one.
 */
public class Round {

    private static final AtomicInteger IDS = new AtomicInteger();

    protected final JlpTransition transition;
    private final int id = IDS.incrementAndGet();

    /** Nothing is affected but {@link #inside()}: a thread outside of it settles at its next entry. */
    protected Round() {
        String type = Round.class.getName();
        transition = JlpTransition.begin(id, Map.of(type, Map.of("inside", Set.of("()I"))));
        transition.open();
    }

    /** An armed method: which of its bodies runs, 1 for the new one. */
    protected final int armed() {
        return JlpDispatch.enter(id) ? 1 : 0;
    }

    /** An old body that calls an armed method: while it runs, its thread cannot settle. */
    protected final int inside() {
        return armed();
    }

    /** Some microseconds between two steps, so that the other actor gets in between. */
    protected static void dawdle() {
        for (int i = 0; i < 200; i++) {
            Thread.onSpinWait();
        }
    }

    /** Waits until the other actor has entered, which is when the coordinator can first name it. */
    protected final JlpThread theOther() {
        while (true) {
            for (JlpThread entered : transition.entered()) {
                return entered;
            }
            Thread.onSpinWait();
        }
    }
}
