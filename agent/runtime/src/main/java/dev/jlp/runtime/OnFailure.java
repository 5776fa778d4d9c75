package dev.jlp.runtime;

/** What becomes of an arriving class that a patch should change and can't: the agent's {@code on-failure}. */
enum OnFailure {
    /** Nothing said: a mismatch is reported, a veto is obeyed. */
    BY_CAUSE,
    /** No class of the target is defined in that loader. */
    REFUSE,
    /** It is defined as it is, and that is said. */
    ALARM;

    boolean refusesMismatch() {
        return this == REFUSE;
    }

    boolean refusesVeto() {
        return this != ALARM;
    }
}
