package dev.jlp.patch;

/** The artifact can't be taken: what is wrong with it, in one sentence. Kernel name: EBADMSG. */
public final class PatchFileProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public PatchFileProblem(String message) {
        super(printable(message));
    }

    public PatchFileProblem(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** Names come from the artifact: they must not break the line or the terminal. */
    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}|[\\u2028\\u2029\\u0085]", "?");
    }
}
