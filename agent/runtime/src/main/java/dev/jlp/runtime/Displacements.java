package dev.jlp.runtime;

import dev.jlp.patch.MethodId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Classes in which another agent overwrote a patched body: it was put back at once, that agent's work on
 * it is lost until all bodies are composed again. Noted on any thread, the rest by the worker.
 */
final class Displacements {

    private static final long PAUSE_MIN_NANOS = 50_000_000;
    private static final long PAUSE_MAX_NANOS = 10_000_000_000L;
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private final Map<PatchedClass, Set<MethodId>> displaced = new ConcurrentHashMap<>();

    private long restoreNanos = System.nanoTime();
    private long pauseNanos = PAUSE_MIN_NANOS;

    /** Answers whether this is news. */
    boolean note(PatchedClass type, Set<MethodId> methods) {
        return displaced.put(type, methods) == null;
    }

    boolean contains(PatchedClass type) {
        return displaced.containsKey(type);
    }

    /** When they are to be composed again, on the JVM's clock; none: far away. */
    long dueNanos() {
        return displaced.isEmpty() ? System.nanoTime() + NEVER_NANOS : restoreNanos;
    }

    /**
     * Those that are to be composed again now. The more often it has to be done, the rarer: somebody may
     * displace them in a loop.
     */
    List<PatchedClass> due() {
        long now = System.nanoTime();
        if (displaced.isEmpty() || now - restoreNanos < 0) {
            return List.of();
        }
        boolean again = now - restoreNanos < PAUSE_MAX_NANOS;
        pauseNanos = again ? Math.min(PAUSE_MAX_NANOS, pauseNanos * 2) : PAUSE_MIN_NANOS;
        restoreNanos = now + pauseNanos;
        return new ArrayList<>(displaced.keySet());
    }

    void forget(List<PatchedClass> some) {
        some.forEach(displaced::remove);
    }
}
