package dev.jlp.stress;

import dev.jlp.bridge.JlpThread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread that is asked to walk while its back-off runs. The number: its answer after a clean look
 * at it. Volatile fields stand for the trace.
 */
@JCStressTest
@Outcome(
        id = "0, [01]",
        expect = Expect.ACCEPTABLE,
        desc = "entered before the look, or no clean one")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "walked, and settled")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "counted as new, and answered old")
@State
public class AskedBeforeLook extends Round {

    private volatile boolean left;
    private volatile boolean clean;

    @Actor
    public void coordinator() {
        JlpThread other = theOther();
        while (!left) {
            Thread.onSpinWait();
        }
        transition.ask(other);
        clean = true;
    }

    @Actor
    public void thread(I_Result r) {
        inside();
        left = true;
        while (!clean) {
            Thread.onSpinWait();
        }
        r.r1 = armed();
    }
}
