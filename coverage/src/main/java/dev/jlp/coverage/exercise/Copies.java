package dev.jlp.coverage.exercise;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;

/** Literals that a library may write into. */
final class Copies {

    private Copies() {}

    /** The same for what can't be changed; a copy of an array. */
    static @Nullable Object of(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, copy, 0, length);
        return copy;
    }
}
