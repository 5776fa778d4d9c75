package dev.jlp.acceptance.programs;

/** Is defined very often. */
final class Copied {

    private Copied() {}

    static int any(int value) {
        return value < 0 ? -value : value * 31;
    }
}
