package dev.jlp.builder;

/** A patch can't be built from what was given: why, in one sentence. */
public final class BuildProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public BuildProblem(String message) {
        super(message);
    }

    public BuildProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
