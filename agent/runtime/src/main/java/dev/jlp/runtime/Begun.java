package dev.jlp.runtime;

import java.lang.ref.WeakReference;
import java.util.List;

/**
 * A definition that our transformer saw begin. The JVM does not say when it ends: its class is in no list
 * before, and in none after a failure.
 *
 * @param name internal name of the class
 * @param loader where it is defined
 * @param thread that defines it
 */
record Begun(String name, WeakReference<ClassLoader> loader, WeakReference<Thread> thread) {

    static Begun now(String name, ClassLoader loader) {
        return new Begun(
                name, new WeakReference<>(loader), new WeakReference<>(Thread.currentThread()));
    }

    /**
     * Whether it may still be going on.
     *
     * @param loaded the classes of that name that the JVM lists
     */
    boolean isOpen(List<Class<?>> loaded) {
        ClassLoader where = loader.get();
        Thread who = thread.get();
        return where != null
                && who != null
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
