package dev.jlp.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/**
 * All rights of a class, whatever its module opens and reads: what the JDK has for itself. Given to callbacks for
 * classes of their target alone.
 */
final class Rights {

    private static final MethodHandles.Lookup TRUSTED;

    static {
        try {
            // No lookup may look into this class itself.
            Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            trusted.setAccessible(true);
            TRUSTED = (MethodHandles.Lookup) trusted.get(null);
        } catch (ReflectiveOperationException closed) {
            throw new ExceptionInInitializerError(closed);
        }
    }

    private Rights() {}

    static MethodHandles.Lookup of(Class<?> type) {
        return TRUSTED.in(type);
    }
}
