package dev.jlp.benchmarks.subject;

import java.util.function.IntUnaryOperator;

/** One method of each kind; all of them change. */
public final class Subject {

    private int field = 3;

    public int getter() {
        return field + 1;
    }

    public synchronized int locked() {
        field += 1;
        return field;
    }

    public IntUnaryOperator lambda() {
        return x -> x + 1;
    }

    public int loop(int[] numbers) {
        int sum = 1;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    public int companion() {
        return field * 2;
    }

    public void set(int x) {
        field = x;
    }

    public int shadow() {
        return field;
    }

    /** Holds whoever is in it inside the release that it entered. */
    public void hold(Runnable work) {
        work.run();
        field = 1;
    }
}
