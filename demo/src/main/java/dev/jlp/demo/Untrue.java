package dev.jlp.demo;

/** A claim of the demo that was not true on this machine; the message is a whole sentence. */
final class Untrue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Untrue(String sentence) {
        super(sentence);
    }

    /** Goes on if the claim holds. */
    static void unless(boolean claim, String sentence) {
        if (!claim) {
            throw new Untrue(sentence);
        }
    }
}
