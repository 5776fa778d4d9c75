package dev.jlp.engine;

import java.util.List;

/**
 * What was seen of one thread at one moment, after the epoch began.
 *
 * @param frames newest first
 * @param state as the JVM says
 * @param cpuNanosBefore its CPU time, read before the frames; negative if it isn't known
 * @param cpuNanosAfter its CPU time, read after the frames; negative if it isn't known
 * @param virtual whether it is a virtual thread
 * @param systemThread one of the JVM's own threads that run no Java code but JDK methods
 */
public record Look(
        List<StackTraceElement> frames,
        Thread.State state,
        long cpuNanosBefore,
        long cpuNanosAfter,
        boolean virtual,
        boolean systemThread) {

    private static final String PARKS = "java.util.concurrent.locks.LockSupport";

    /** Whether it waits in {@code LockSupport.park}, which may return without a reason: callers look again. */
    public boolean isParked() {
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && frames.stream()
                        .map(StackTraceElement::getClassName)
                        .dropWhile(Look::isInside)
                        .findFirst()
                        .filter(PARKS::equals)
                        .isPresent();
    }

    /** What lies between that method and the place where the thread stops, for threads of both kinds. */
    private static boolean isInside(String className) {
        return className.startsWith("java.lang.") || className.startsWith("jdk.internal.");
    }
}
