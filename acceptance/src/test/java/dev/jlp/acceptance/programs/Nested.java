package dev.jlp.acceptance.programs;

/** The library of the random drivers: nests of calls that end in every way there is. */
public interface Nested extends Runnable {

    /** Whose body each call was, as it answered itself; {@link Tally#of} reads it. */
    String answer();

    /** Throws in the innermost call; what is thrown is caught in the outermost one or leaves it. */
    void thrown(boolean out);

    /** Calls without end; the error is caught in the outermost call or leaves it. */
    void overflow(boolean out);
}
