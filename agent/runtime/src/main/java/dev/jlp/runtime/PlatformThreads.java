package dev.jlp.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** All platform threads of the JVM. */
final class PlatformThreads {

    private final MethodHandle list;

    PlatformThreads() throws ReflectiveOperationException {
        list = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                .findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class));
    }

    /** Every live platform thread that Java code can see. */
    Thread[] all() {
        try {
            return (Thread[]) list.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("threads can't be listed", e);
        }
    }
}
