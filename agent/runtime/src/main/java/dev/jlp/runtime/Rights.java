package dev.jlp.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * All rights of a class, whatever its module opens and reads: what the JDK has for itself. Given to callbacks for
 * classes of their target alone.
 */
final class Rights {

    private static final MethodHandles.Lookup TRUSTED;

    static {
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(
                    MethodHandles.Lookup.class, MethodHandles.lookup());
            MethodHandle trusted = inside.findStaticGetter(
                    MethodHandles.Lookup.class, "IMPL_LOOKUP", MethodHandles.Lookup.class);
            TRUSTED = (MethodHandles.Lookup) trusted.invokeExact();
        } catch (Throwable closed) {
            throw new ExceptionInInitializerError(closed);
        }
    }

    private Rights() {}

    static MethodHandles.Lookup of(Class<?> type) {
        return TRUSTED.in(type);
    }
}
