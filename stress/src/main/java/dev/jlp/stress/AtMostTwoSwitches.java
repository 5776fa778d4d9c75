package dev.jlp.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** One reversal against a thread that settles: from old at most to new and back. */
@JCStressTest
@Outcome(
        id = {"1, 1, 1, 1", "1, 1, 1, 0", "1, 1, 0, 0", "1, 0, 0, 0", "0, 0, 0, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "at most two switches")
@Outcome(expect = Expect.FORBIDDEN, desc = "more switches than reversals and one")
@State
public class AtMostTwoSwitches extends Round {

    private volatile boolean reversed;

    @Actor
    public void coordinator() {
        transition.reverse();
        reversed = true;
    }

    @Actor
    public void thread(IIII_Result r) {
        r.r1 = armed();
        r.r2 = armed();
        r.r3 = armed();
        boolean over = reversed;
        r.r4 = armed();
        if (over && r.r4 == 1) {
            r.r4 = -1; // new with nothing on the stack, though the reversal had been seen
        }
    }
}
