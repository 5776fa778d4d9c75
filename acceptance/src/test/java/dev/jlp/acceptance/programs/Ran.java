package dev.jlp.acceptance.programs;

import java.util.concurrent.locks.LockSupport;

/** Which versions of the library's methods this thread ran since it was last asked. */
public final class Ran {

    public static final int OLD = 1;
    public static final int NEW = 2;

    private static final ThreadLocal<Ran> CURRENT = ThreadLocal.withInitial(Ran::new);

    private int versions;

    private Ran() {}

    /** Called by each activation, at its beginning and often at its end, with its own version. */
    public static void version(int version) {
        CURRENT.get().versions |= version;
    }

    /** A short wait in the middle of a body: where threads are caught when a patch comes. */
    public static void pause() {
        LockSupport.parkNanos(300_000);
    }

    static Ran current() {
        return CURRENT.get();
    }

    /** The versions since the last call of this method. */
    int take() {
        int ran = versions;
        versions = 0;
        return ran;
    }
}
