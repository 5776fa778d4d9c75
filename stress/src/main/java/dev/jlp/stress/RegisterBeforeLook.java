package dev.jlp.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread that enters for the first time while it is looked at. First number: the look found it outside
 * again; second: the list read after the look has it, so that the look is not counted. A volatile field
 * stands for the trace.
 */
@JCStressTest
@Outcome(id = "0, [01]", expect = Expect.ACCEPTABLE, desc = "not found clean")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found clean, and known to have entered")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "counted, though its back-off runs")
@State
public class RegisterBeforeLook extends Round {

    private volatile boolean left;

    @Actor
    public void coordinator(II_Result r) {
        r.r1 = left ? 1 : 0;
        dawdle();
        r.r2 = transition.entered().size();
    }

    @Actor
    public void thread() {
        inside();
        left = true;
    }
}
