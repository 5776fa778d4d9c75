package dev.jlp.runtime;

/** A pre-patch callback said no, or overran. */
final class CallbackVeto extends Exception {

    private static final long serialVersionUID = 1;

    CallbackVeto(String why) {
        super(why);
    }
}
