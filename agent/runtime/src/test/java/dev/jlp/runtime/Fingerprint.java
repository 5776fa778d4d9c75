package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What there is to know of an object of the product's, as a text: the same for the same state. */
public final class Fingerprint {

    /** Never the same twice, or always the same. */
    private static final Set<String> LEFT_OUT = Set.of(
            "affected",
            "batch",
            "blockers",
            "check",
            "looks",
            "ownStack",
            "platform",
            "thread",
            "virtual",
            "seen");

    private Fingerprint() {}

    public static void add(StringBuilder text, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                add(text, key);
                add(text.append('='), each);
            });
        } else if (value instanceof Collection<?> all) {
            all.forEach(each -> add(text, each));
        } else if (value != null
                && value.getClass().getName().startsWith("dev.jlp.")
                && !(value instanceof Enum)) {
            addFields(text, value);
        } else {
            text.append(value);
        }
        text.append(';');
    }

    private static void addFields(StringBuilder text, Object value) {
        for (Field field : value.getClass().getDeclaredFields()) {
            boolean isTime = field.getName().contains("Nanos");
            if (!Modifier.isStatic(field.getModifiers())
                    && !isTime
                    && !LEFT_OUT.contains(field.getName())) {
                try {
                    field.setAccessible(true);
                    add(text, field.get(value));
                } catch (IllegalAccessException closed) {
                    throw new IllegalStateException(closed);
                }
            }
        }
    }
}
