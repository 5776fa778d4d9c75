package dev.jlp.stress.broken;

import dev.jlp.bridge.JlpThread;
import dev.jlp.stress.Round;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The look is taken before the thread is asked. */
@JCStressTest
@Outcome(
        id = "0, [01]",
        expect = Expect.ACCEPTABLE,
        desc = "entered before the look, or no clean one")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "walked, and settled")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "counted as new, and answered old")
@State
public class LookBeforeAsked extends Round {

    private volatile boolean left;
    private volatile boolean clean;

    @Actor
    public void coordinator() {
        JlpThread other = theOther();
        while (!left) {
            Thread.onSpinWait();
        }
        clean = true;
        transition.ask(other);
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
