package dev.jlp.weaver;

/** A class can't be woven: what stands in the way, in one sentence. Nothing was changed. */
public final class WeavingProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public WeavingProblem(String message) {
        super(message);
    }

    public WeavingProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
