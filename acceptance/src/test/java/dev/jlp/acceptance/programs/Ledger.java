package dev.jlp.acceptance.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What all workers counted together, the ended ones included. */
final class Ledger {

    private static final int EXAMPLES_MAX = 5;

    private final LongAdder calls = new LongAdder();
    private final LongAdder mixed = new LongAdder();
    private final LongAdder old = new LongAdder();
    private final LongAdder fresh = new LongAdder();
    private final List<String> examples = new ArrayList<>();
    private volatile int epoch = 1;

    int epoch() {
        return epoch;
    }

    /** From now on flips are counted anew; each thread notices at its next call. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the program's main thread marks
    String mark() {
        epoch++;
        return "marked";
    }

    /** Takes over the counts of a worker whose thread is over. */
    void add(Worker ended) {
        calls.add(ended.calls);
        mixed.add(ended.mixed);
        old.add(ended.old);
        fresh.add(ended.fresh);
    }

    synchronized void mixture(String example) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(example);
        }
    }

    synchronized String sum(List<Worker> workers) {
        long allCalls = calls.sum();
        long allMixed = mixed.sum();
        long allOld = old.sum();
        long allFresh = fresh.sum();
        int flips = 0;
        for (Worker worker : workers) {
            allCalls += worker.calls;
            allMixed += worker.mixed;
            allOld += worker.old;
            allFresh += worker.fresh;
            flips = Math.max(flips, worker.epoch == epoch ? worker.flips : 0);
        }
        return "calls=" + allCalls + " mixed=" + allMixed + " old=" + allOld + " new=" + allFresh
                + " flips=" + flips + " examples=" + examples;
    }
}
