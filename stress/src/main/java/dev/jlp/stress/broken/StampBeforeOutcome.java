package dev.jlp.stress.broken;

import dev.jlp.bridge.WrongOrder;
import dev.jlp.stress.Round;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The stamp is taken away before the outcome is there. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "new by the stamp or by the outcome")
@Outcome(expect = Expect.FORBIDDEN, desc = "back in the old body after the new one")
@State
public class StampBeforeOutcome extends Round {

    @Actor
    public void coordinator() {
        WrongOrder.end(transition, true);
    }

    @Actor
    public void thread(III_Result r) {
        r.r1 = armed();
        r.r2 = armed();
        r.r3 = armed();
    }
}
