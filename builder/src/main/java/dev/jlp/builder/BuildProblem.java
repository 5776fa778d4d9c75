package dev.jlp.builder;

/** A patch can't be built from what was given: why, in one sentence. */
public final class BuildProblem extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * What the inputs or options themselves are wrong about.
     *
     * @param message one sentence for people: what, where, what to do
     */
    public BuildProblem(String message) {
        super(message);
    }

    /**
     * What something else failed at, such as reading a file.
     *
     * @param message one sentence for people, which says what the cause means here
     * @param cause what failed
     */
    public BuildProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
