package dev.jlp.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The end against a thread that cannot settle, as after a force: old or new, but never back to old. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "entered before the end")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "the end came between two entries")
@Outcome(id = "[01], 1, 1", expect = Expect.ACCEPTABLE, desc = "the end came first or between")
@Outcome(expect = Expect.FORBIDDEN, desc = "old after end(true) was seen, or after new")
@State
public class OutcomeForTheUnsettled extends Round {

    private volatile boolean ended;

    @Actor
    public void coordinator() {
        transition.end(true);
        ended = true;
    }

    @Actor
    public void thread(III_Result r) {
        r.r1 = inside();
        boolean over = ended;
        r.r2 = inside();
        r.r3 = inside();
        if (over && r.r2 == 0) {
            r.r1 = -1; // forbidden by the last rule
        }
    }
}
