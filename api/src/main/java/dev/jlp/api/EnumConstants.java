package dev.jlp.api;

import java.lang.reflect.Field;

/**
 * Constants that a patch adds to an enum. Called by code that {@code jlp build} makes. Sets and maps of the enum that
 * were made before do not know the new constants and throw for them, as they would for those of another enum.
 */
public final class EnumConstants {

    private EnumConstants() {}

    /**
     * Has {@code Class.getEnumConstants}, {@code Enum.valueOf} and new sets and maps find these constants.
     *
     * @param type the enum
     * @param constants all of them by ordinal
     * @throws IllegalStateException if this Java runtime keeps them elsewhere
     */
    public static void extend(Class<?> type, Object[] constants) {
        set(type, "enumConstants", constants.clone());
        set(type, "enumConstantDirectory", null);
    }

    private static void set(
            Class<?> type, String name, @org.jspecify.annotations.Nullable Object value) {
        try {
            Field field = Class.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(type, value);
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(
                    "the constants of an enum can't be extended: " + unknown, unknown);
        }
    }
}
