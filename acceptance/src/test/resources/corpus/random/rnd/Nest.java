package rnd;

import dev.jlp.acceptance.programs.Gate;
import dev.jlp.acceptance.programs.Tally;

/** A nest of calls each of which says whose body it is. Every patch changes the outermost. */
public final class Nest implements Runnable {

    @Override
    public void run() {
        top();
    }

    static void top() {
        Tally.note(0, TOP);
        mid(3);
        Tally.rest();
        mid(2);
        Tally.note(0, TOP);
    }

    /** Stays where it is until the gate opens. */
    public static void held(String gate) {
        Tally.note(0, TOP);
        mid(1);
        Gate.pass(gate);
        mid(1);
        Tally.note(0, TOP);
    }

    private static void mid(int times) {
        Tally.note(1, MID);
        for (int i = 0; i < times; i++) {
            new Leaf(i).low();
        }
        Tally.note(1, MID);
    }
}
