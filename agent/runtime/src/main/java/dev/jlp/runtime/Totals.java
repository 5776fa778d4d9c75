package dev.jlp.runtime;

/** Times of the last operations, for status. Used by the worker only. */
final class Totals {
    double lastSeconds;
    double armMillis;
    double finaliseMillis;
    double batchMillisMax;
}
