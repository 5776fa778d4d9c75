package dev.jlp.engine;

/** What two active patches that change the same method mean. */
public enum Conflicts {
    /** The second one is refused. */
    REFUSE,
    /** The kernel's method stack: the newest wins, and any of them may go. */
    STACK
}
