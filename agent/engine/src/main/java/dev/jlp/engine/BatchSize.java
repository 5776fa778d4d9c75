package dev.jlp.engine;

/**
 * How many stacks to read in one safepoint so that it stays below an agreed pause. What one stack costs
 * is taken from the cheapest of the last few batches: a reader that had to wait for a processor
 * looks expensive, and never looks cheap.
 */
public final class BatchSize {

    /** Where nothing is known yet. */
    private static final int FIRST = 16;

    /** Fewer would not make the pause shorter by much: it has a fixed share. */
    private static final int MIN = 8;

    private static final int MAX = 256;
    private static final int REMEMBERED = 4;

    private final long pauseNanosMax;
    private final long[] nanosPerStack = new long[REMEMBERED];
    private int batches;

    /**
     * Begins with a guess.
     *
     * @param pauseNanosMax the agreed pause
     */
    public BatchSize(long pauseNanosMax) {
        this.pauseNanosMax = pauseNanosMax;
    }

    /** Reports that reading so many stacks took so long, Java code around it included. */
    public void took(int stacks, long nanos) {
        nanosPerStack[batches++ % REMEMBERED] = Math.max(1, nanos / stacks);
    }

    /** Size of the next batch; it at most doubles. */
    public int next() {
        if (batches == 0) {
            return FIRST;
        }
        long cheapest = Long.MAX_VALUE;
        for (int i = 0; i < Math.min(batches, REMEMBERED); i++) {
            cheapest = Math.min(cheapest, nanosPerStack[i]);
        }
        long affordable = pauseNanosMax * 3 / 4 / cheapest;
        return (int) Math.max(
                MIN, Math.min(affordable, Math.min(MAX, (long) FIRST << Math.min(batches, 8))));
    }
}
