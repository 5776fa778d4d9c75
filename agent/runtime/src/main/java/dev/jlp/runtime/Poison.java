package dev.jlp.runtime;

/**
 * Put last into a batch, with bytes that don't parse: the JVM has then sent every other class through all
 * transformers, parsed and verified it, and gives the whole batch up before anything is changed.
 */
final class Poison {

    /** Not a class file. */
    static final byte[] BYTES = {1, 2, 3};

    private Poison() {}
}
