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
        boolean systemThread) {}
