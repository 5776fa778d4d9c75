package dev.jlp.coverage.exercise;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What objects of the library show of themselves, by the methods that a plan names. */
final class Views {

    private final Map<String, List<String>> names;

    Views(Map<String, List<String>> names) {
        this.names = names;
    }

    /** Whether an object has a {@code toString} of its own. */
    static boolean saysWhatItIs(Object value) {
        try {
            return value.getClass().getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException | LinkageError none) {
            return false;
        }
    }

    /** By the method's name. */
    SortedMap<String, @Nullable Object> of(Object value) {
        SortedMap<String, @Nullable Object> shown = new TreeMap<>();
        Deque<Class<?>> types = new ArrayDeque<>(List.of(value.getClass()));
        while (!types.isEmpty()) {
            Class<?> type = types.remove();
            for (String name : names.getOrDefault(type.getName(), List.of())) {
                if (!shown.containsKey(name)) {
                    shown.put(name, shown(type, name, value));
                }
            }
            types.addAll(List.of(type.getInterfaces()));
            if (type.getSuperclass() != null) {
                types.add(type.getSuperclass());
            }
        }
        return shown;
    }

    private static @Nullable Object shown(Class<?> type, String name, Object value) {
        try {
            return type.getMethod(name).invoke(value);
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        } catch (ReflectiveOperationException | LinkageError broken) {
            return broken;
        }
    }
}
