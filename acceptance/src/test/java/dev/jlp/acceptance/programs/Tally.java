package dev.jlp.acceptance.programs;

import java.util.concurrent.locks.LockSupport;

/** Whose body each method of one nest of calls was, as its thread saw it. */
public final class Tally {

    /** A method that had two bodies in one nest. */
    private static final int TORN = 9;

    private static final ThreadLocal<Tally> CURRENT = ThreadLocal.withInitial(Tally::new);

    private final int[] owners = new int[3];
    private int seen;
    private int rests;

    private Tally() {}

    /** Called by each activation: its method, outermost first, and the number of the patch it is of. */
    public static void note(int method, int owner) {
        Tally mine = CURRENT.get();
        boolean first = (mine.seen & (1 << method)) == 0;
        mine.seen |= 1 << method;
        mine.owners[method] = first || mine.owners[method] == owner ? owner : TORN;
    }

    /** Now and then a short wait in the middle of a body. */
    public static void rest() {
        Tally mine = CURRENT.get();
        if ((++mine.rests & 7) == 0) {
            LockSupport.parkNanos(200_000);
        }
    }

    /** One digit for each method, outermost first; what comes next counts anew. */
    static int take() {
        Tally mine = CURRENT.get();
        int digits = mine.owners[0] * 100 + mine.owners[1] * 10 + mine.owners[2];
        mine.seen = 0;
        return digits;
    }

    /** The same of an answer to which each call has put its digit before and behind that of the inner one. */
    static int of(String answer) {
        if (!answer.matches("\\d{6}")) {
            throw new IllegalArgumentException("answered: " + answer);
        }
        int digits = 0;
        for (int method = 0; method < 3; method++) {
            char before = answer.charAt(method);
            boolean torn = before != answer.charAt(5 - method);
            digits = digits * 10 + (torn ? TORN : before - '0');
        }
        return digits;
    }
}
