package dev.jlp.weaver;

/** Where the two bodies of an armed method are. */
enum Placement {
    /** Both in the method. */
    WITHIN,
    /** One outlined: the old one, if it can be. */
    ONE_OUT,
    /** Both outlined. */
    BOTH_OUT
}
