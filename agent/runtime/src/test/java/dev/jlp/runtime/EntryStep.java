package dev.jlp.runtime;

/** What a thread of the small world does, one after the other. */
public enum EntryStep {
    /** Calls the outer method, whose bodies call the inner one. */
    OUTER,
    /** Calls the inner method alone. */
    INNER,
    /** The same from a native method, which has resolved it before it calls it. */
    INNER_BY_NATIVE,
    /** The same from Java code, which may be seen between resolving and calling it. */
    INNER_RESOLVED,
    /** Makes the second thread, and starts it later. */
    BEAR,
    /** Waits, as the JVM shows it, and goes on. */
    WAIT
}
