package dev.jlp.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * State and stack of a thread as the JVM knows them. A program's subclass of {@code Thread} may override
 * what others are asked by: it could claim an empty stack, throw, or never return. So {@code Thread}'s own
 * methods are called, whatever the thread's class.
 */
final class ThreadFacts {

    private static final MethodHandle STATE;
    private static final MethodHandle TRACE;
    private static final MethodHandle TRACES;

    static {
        try {
            MethodHandles.Lookup inside =
                    MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            STATE = own(inside, "getState", Thread.State.class);
            TRACE = own(inside, "getStackTrace", StackTraceElement[].class);
            TRACES = inside.findStatic(
                    Thread.class,
                    "dumpThreads",
                    MethodType.methodType(StackTraceElement[][].class, Thread[].class));
        } catch (ReflectiveOperationException closed) {
            throw new ExceptionInInitializerError(closed);
        }
    }

    private ThreadFacts() {}

    static Thread.State state(Thread thread) {
        try {
            return (Thread.State) STATE.invokeExact(thread);
        } catch (Throwable broken) {
            throw unexpected(broken);
        }
    }

    /** From 21 on a handshake with that thread alone; may be cut off without saying so. */
    static StackTraceElement[] trace(Thread thread) {
        try {
            return (StackTraceElement[]) TRACE.invokeExact(thread);
        } catch (Throwable broken) {
            throw unexpected(broken);
        }
    }

    /** Whole traces of platform threads, taken at one safepoint; empty for one that is not alive. */
    static List<StackTraceElement[]> traces(Thread[] threads) {
        try {
            StackTraceElement[][] traces = (StackTraceElement[][]) TRACES.invokeExact(threads);
            for (int i = 0; i < traces.length; i++) {
                traces[i] = traces[i] == null ? new StackTraceElement[0] : traces[i];
            }
            return List.of(traces);
        } catch (Throwable broken) {
            throw unexpected(broken);
        }
    }

    /** The answer of {@code Thread}, not of a subclass. */
    private static MethodHandle own(MethodHandles.Lookup inside, String name, Class<?> answer)
            throws ReflectiveOperationException {
        return inside.findSpecial(Thread.class, name, MethodType.methodType(answer), Thread.class);
    }

    private static RuntimeException unexpected(Throwable broken) {
        if (broken instanceof Error error) {
            throw error;
        }
        return broken instanceof RuntimeException shown
                ? shown
                : new IllegalStateException("a thread can't be looked at", broken);
    }
}
