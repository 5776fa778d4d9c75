package dev.jlp.acceptance.programs;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Loaders that the program has let go of, and whether the JVM could collect them. */
final class Departed {

    private static final Map<String, WeakReference<ClassLoader>> LOADERS =
            new ConcurrentHashMap<>();

    private Departed() {}

    static void note(String name, ClassLoader loader) {
        LOADERS.put(name, new WeakReference<>(loader));
    }

    /** Fails if somebody keeps it. */
    static String awaitCollected(String name) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (System.gc(); LOADERS.get(name).get() != null; System.gc()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("loader '" + name + "' is kept by somebody");
            }
            LockSupport.parkNanos(10_000_000);
        }
        return "collected";
    }
}
