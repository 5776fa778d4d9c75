package dev.jlp.coverage.exercise;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** Any result as text: values by their content, objects of the library by what they show. */
final class Renderer {

    private static final int DEPTH_MAX = 3;
    private static final int ELEMENTS_MAX = 25;
    private static final int READ_MAX = 300;

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Character.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);

    private final Views views;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    Renderer(Views views) {
        this.views = views;
    }

    /** Whether a value can't have changed since it was written down. */
    static boolean isPlain(@Nullable Object value) {
        return value == null || PLAIN.contains(value.getClass()) || value instanceof Enum;
    }

    String text(@Nullable Object value) {
        return text(value, 0);
    }

    private String text(@Nullable Object value, int depth) {
        if (value == null || PLAIN.contains(value.getClass())) {
            return Rendered.simple(value);
        } else if (value instanceof Enum<?> constant) {
            return Rendered.simpleName(constant.getDeclaringClass().getName())
                    + "."
                    + constant.name();
        } else if (value instanceof Class<?> type) {
            return "class " + type.getName();
        }
        if (depth > DEPTH_MAX || !open.add(value)) {
            return Rendered.simpleName(value.getClass().getName());
        }
        // What a library throws while it is looked at is what it shows.
        try {
            return content(value, depth);
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError thrown) {
            return "showing throws " + Rendered.thrown(thrown);
        } finally {
            open.remove(value);
        }
    }

    private String content(Object value, int depth) throws IOException {
        if (value.getClass().isArray()) {
            return array(value, depth);
        } else if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        } else if (value instanceof Collection<?> all) {
            boolean ordered =
                    all instanceof List || all instanceof SortedSet || all instanceof LinkedHashSet;
            return elements(all.iterator(), ordered || !(all instanceof Set), depth);
        } else if (value instanceof Iterator<?> rest) {
            return elements(rest, true, depth);
        } else if (value instanceof Optional<?> optional) {
            return "Optional(" + text(optional.orElse(null), depth + 1) + ")";
        } else if (value instanceof Throwable thrown) {
            return Rendered.thrown(thrown);
        } else if (value instanceof StringWriter || value instanceof StringBuilder) {
            return Rendered.simple(value.toString());
        } else if (value instanceof ByteArrayOutputStream bytes) {
            return Rendered.simple(bytes.toString(StandardCharsets.ISO_8859_1));
        } else if (value instanceof InputStream in) {
            return "stream of "
                    + Rendered.simple(
                            new String(in.readNBytes(READ_MAX), StandardCharsets.ISO_8859_1));
        } else if (value instanceof Reader reader) {
            return "reader of " + Rendered.simple(read(reader));
        }
        return object(value, depth);
    }

    private static String read(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0 && text.length() < READ_MAX; c = reader.read()) {
            text.append((char) c);
        }
        return text.toString();
    }

    private String array(Object array, int depth) {
        if (array.getClass().getComponentType().isPrimitive()) {
            return Rendered.simple(array);
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array) && i <= ELEMENTS_MAX; i++) {
            elements.add(Array.get(array, i));
        }
        return elements(elements.iterator(), true, depth);
    }

    private String map(Map<?, ?> map, int depth) {
        List<String> entries = new ArrayList<>();
        map.forEach(
                (key, value) -> entries.add(text(key, depth + 1) + "=" + text(value, depth + 1)));
        boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
        return joined(entries, ordered);
    }

    private String elements(Iterator<?> all, boolean ordered, int depth) {
        List<String> texts = new ArrayList<>();
        while (all.hasNext() && (texts.size() <= ELEMENTS_MAX || !ordered)) {
            texts.add(text(all.next(), depth + 1));
        }
        return joined(texts, ordered);
    }

    private static String joined(List<String> texts, boolean ordered) {
        if (!ordered) {
            Collections.sort(texts);
        }
        List<String> first = texts.subList(0, Math.min(texts.size(), ELEMENTS_MAX));
        return first + (first.size() < texts.size() ? " and more" : "");
    }

    private String object(Object value, int depth) {
        StringBuilder text =
                new StringBuilder(Rendered.simpleName(value.getClass().getName()));
        if (Views.saysWhatItIs(value)) {
            text.append('(').append(Rendered.cleaned(value.toString())).append(')');
        }
        List<String> seen = new ArrayList<>();
        views.of(value).forEach((name, shown) -> seen.add(name + "=" + text(shown, depth + 1)));
        return seen.isEmpty() ? text.toString() : text.append(seen).toString();
    }
}
