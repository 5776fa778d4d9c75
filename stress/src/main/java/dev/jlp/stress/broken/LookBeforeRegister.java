package dev.jlp.stress.broken;

import dev.jlp.stress.Round;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The list of those that entered is read before the look instead of after it. */
@JCStressTest
@Outcome(id = "0, [01]", expect = Expect.ACCEPTABLE, desc = "not found clean")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found clean, and known to have entered")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "counted, though its back-off runs")
@State
public class LookBeforeRegister extends Round {

    private volatile boolean left;

    @Actor
    public void coordinator(II_Result r) {
        r.r2 = transition.entered().size();
        dawdle();
        r.r1 = left ? 1 : 0;
    }

    @Actor
    public void thread() {
        inside();
        left = true;
    }
}
