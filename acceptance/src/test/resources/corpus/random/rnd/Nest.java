package rnd;

import dev.jlp.acceptance.programs.Gate;
import dev.jlp.acceptance.programs.Nested;
import dev.jlp.acceptance.programs.Tally;

/** Nests of calls each of which says whose body it is. Every patch changes the outermost. */
public final class Nest implements Nested {

    @Override
    public void run() {
        top();
    }

    @Override
    public String answer() {
        return answered();
    }

    @Override
    public void thrown(boolean out) {
        failing(out);
    }

    @Override
    public void overflow(boolean out) {
        overflowing(out);
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

    private static String answered() {
        return "TOP" + within(new Leaf(1)) + "TOP";
    }

    private static String within(Leaf leaf) {
        String first = "MID" + leaf.word();
        Tally.rest();
        return first + leaf.word() + "MID";
    }

    private static void failing(boolean out) {
        Tally.note(0, TOP);
        try {
            fail(3);
        } catch (IllegalStateException failed) {
            mid(1);
            Tally.note(0, TOP);
            if (out) {
                throw failed;
            }
        }
    }

    private static void fail(int depth) {
        Tally.note(1, MID);
        try {
            new Leaf(depth).fail();
            fail(depth - 1);
        } finally {
            Tally.rest();
            Tally.note(1, MID);
        }
    }

    private static void overflowing(boolean out) {
        Tally.note(0, TOP);
        try {
            deeper(1);
        } catch (StackOverflowError full) {
            mid(1);
            Tally.note(0, TOP);
            if (out) {
                throw full;
            }
        }
    }

    static int deeper(int depth) {
        Tally.note(1, MID);
        if (depth == 256) {
            Tally.rest();
        }
        return new Leaf(depth).deeper() + 1;
    }
}
