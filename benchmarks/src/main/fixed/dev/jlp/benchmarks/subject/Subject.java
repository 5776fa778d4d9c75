package dev.jlp.benchmarks.subject;

import java.util.function.IntUnaryOperator;

/** One method of each kind; all of them change. */
public final class Subject {

    private int field = 3;
    private int added;

    public int getter() {
        return field + 2;
    }

    public synchronized int locked() {
        field += 2;
        return field;
    }

    public IntUnaryOperator lambda() {
        return x -> x + 2;
    }

    public int loop(int[] numbers) {
        int sum = 2;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    public int companion() {
        return times(3);
    }

    private int times(int x) {
        return field * x;
    }

    public void set(int x) {
        added = x;
    }

    public int shadow() {
        return field + added;
    }

    /** Holds whoever is in it inside the release that it entered. */
    public void hold(Runnable work) {
        work.run();
        field = 2;
    }
}
