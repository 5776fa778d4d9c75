package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import jdk.jfr.AnnotationElement;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.ValueDescriptor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same events as flight recordings have them: one type {@code jlp.NAME} for each name. Before the program's
 * first recording nobody could see them, and the recorder stays as it is: where it is initialised in a JVM that
 * has no memory left, the program has none for good.
 */
final class JfrEvents implements Consumer<JsonObject> {

    private static final List<String> FIELDS =
            List.of("patch", "version", "target", "loader", "callback", "uid", "reason", "detail");

    private final Map<String, EventFactory> types = new HashMap<>();

    private JfrEvents() {}

    static Consumer<JsonObject> open() {
        if (!FlightRecorder.isAvailable()) {
            throw new IllegalStateException("flight recordings are not available in this JVM");
        }
        return new JfrEvents();
    }

    @Override
    public void accept(JsonObject line) {
        if (FlightRecorder.isInitialized()) {
            commit(line);
        }
    }

    private void commit(JsonObject line) {
        Event event = types.computeIfAbsent(line.getString("event", "event"), JfrEvents::type)
                .newEvent();
        for (int i = 0; i < FIELDS.size(); i++) {
            Object value = line.get(FIELDS.get(i));
            event.set(i, value == null ? null : value.toString());
        }
        event.commit();
    }

    private static EventFactory type(String name) {
        List<AnnotationElement> annotations = List.of(
                new AnnotationElement(Name.class, "jlp." + javaName(name)),
                new AnnotationElement(Label.class, name),
                new AnnotationElement(Category.class, new String[] {"JLP"}),
                new AnnotationElement(StackTrace.class, false));
        List<ValueDescriptor> fields = new ArrayList<>();
        FIELDS.forEach(field -> fields.add(new ValueDescriptor(String.class, field)));
        return EventFactory.create(annotations, fields);
    }

    /** {@code start-patch} becomes {@code StartPatch}: names of event types are Java identifiers. */
    private static String javaName(String name) {
        StringBuilder joined = new StringBuilder();
        for (String word : name.split("-", -1)) {
            joined.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return joined.toString();
    }
}
