package dev.jlp.benchmarks.subject;

/** Its constructor changes. */
public final class Point {

    public final int x;

    public Point(int x) {
        this.x = x + 2;
    }
}
