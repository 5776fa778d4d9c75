package dev.jlp.benchmarks;

/**
 * One request of a client, in the machine's own nanoseconds.
 *
 * @param due when it had to be sent: its time counts from here, so that a stall is seen by all it delays
 * @param done when its answer was there, or was given up
 */
record Request(long due, long done, boolean answered) {

    boolean within(long from, long to) {
        return due >= from && due < to;
    }
}
