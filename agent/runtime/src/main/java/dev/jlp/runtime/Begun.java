package dev.jlp.runtime;

import java.lang.ref.WeakReference;
import java.util.List;

/**
 * A definition that our transformer saw begin. The JVM does not say when it ends: its class is in no list
 * before, and in none after a failure.
 */
final class Begun {

    private final String name;
    private final WeakReference<ClassLoader> loader;
    private final WeakReference<Thread> thread;

    /** The transition whose bodies the class comes with; 0 if it may come with others. */
    private volatile int armed;

    private Begun(String name, ClassLoader loader, Thread thread) {
        this.name = name;
        this.loader = new WeakReference<>(loader);
        this.thread = new WeakReference<>(thread);
    }

    /** By the calling thread. */
    static Begun now(String name, ClassLoader loader) {
        return new Begun(name, loader, Thread.currentThread());
    }

    /** Internal name of the class. */
    String name() {
        return name;
    }

    /** The class comes with the bodies of that transition. To be said when the worker can find it. */
    void arm(int transition) {
        armed = transition;
    }

    /**
     * Whether it may still be going on, and the class come with other bodies than those of the transition.
     * Definitions that began behind its arming are not waited for: there may always be one.
     *
     * @param loaded the classes of that name that the JVM lists
     * @param transition its number; 0 where any bodies count
     */
    boolean isOpen(List<Class<?>> loaded, int transition) {
        ClassLoader where = loader.get();
        Thread who = thread.get();
        return where != null
                && who != null
                && (transition == 0 || armed != transition)
                && loaded.stream().noneMatch(type -> type.getClassLoader() == where)
                && isDefining(who);
    }

    /** A definition stays within one call of a native method of the JDK. */
    private static boolean isDefining(Thread thread) {
        for (StackTraceElement frame : ThreadFacts.trace(thread)) {
            if (frame.isNativeMethod() && frame.getMethodName().startsWith("defineClass")) {
                return true;
            }
        }
        return false;
    }
}
