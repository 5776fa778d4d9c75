package dev.jlp.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two reversals against a thread that settles: the number of switches, and where it ends. */
@JCStressTest
@Outcome(id = "[0123], 1", expect = Expect.ACCEPTABLE, desc = "at most three switches, ends new")
@Outcome(expect = Expect.FORBIDDEN, desc = "too many switches, or left behind")
@State
public class AtMostThreeSwitches extends Round {

    private static final int ENTRIES = 12;

    private volatile boolean reversedTwice;

    @Actor
    public void coordinator() {
        transition.reverse();
        transition.reverse();
        reversedTwice = true;
    }

    @Actor
    public void thread(II_Result r) {
        int universe = 0;
        for (int i = 0; i < ENTRIES || !reversedTwice; i++) {
            int now = armed();
            r.r1 += now == universe ? 0 : 1;
            universe = now;
        }
        int last = armed();
        r.r1 += last == universe ? 0 : 1;
        r.r2 = last;
    }
}
