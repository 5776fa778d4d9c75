package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.ref.WeakReference;

/** A loader, held weakly: a patch holds none. It keeps its name, and is told from others, when it is gone. */
final class LoaderRef {

    private final boolean boot;
    private final int hash;
    private final String name;
    private final WeakReference<@Nullable ClassLoader> loader;

    private LoaderRef(@Nullable ClassLoader loader) {
        this.boot = loader == null;
        this.hash = System.identityHashCode(loader);
        this.name = nameOf(loader);
        this.loader = new WeakReference<>(loader);
    }

    static LoaderRef of(@Nullable ClassLoader loader) {
        return new LoaderRef(loader);
    }

    /** A loader as people know it. */
    static String nameOf(@Nullable ClassLoader loader) {
        if (loader == null) {
            return "boot";
        }
        String given = loader.getName();
        return given != null && !given.isEmpty()
                ? given
                : loader.getClass().getName() + "@"
                        + Integer.toHexString(System.identityHashCode(loader));
    }

    String name() {
        return name;
    }

    boolean is(@Nullable ClassLoader candidate) {
        return candidate == null ? boot : loader.get() == candidate;
    }

    @Nullable
    ClassLoader get() {
        return loader.get();
    }

    /** Whether it was collected, and so its classes with it. */
    boolean isGone() {
        return !boot && loader.get() == null;
    }

    /** Whether it may be collected while the JVM runs. */
    boolean mayLeave() {
        ClassLoader there = loader.get();
        return !boot
                && there != ClassLoader.getSystemClassLoader()
                && there != ClassLoader.getPlatformClassLoader();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoaderRef ref
                && ref.boot == boot
                && ref.hash == hash
                && ref.name.equals(name)
                && ref.loader.get() == loader.get();
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }
}
