package dev.jlp.patch;

/** The artifact can't be taken: what is wrong with it, in one sentence. Kernel name: EBADMSG. */
public final class PatchFileProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public PatchFileProblem(String message) {
        super(message);
    }

    public PatchFileProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
