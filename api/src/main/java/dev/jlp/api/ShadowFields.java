package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The shadow fields of one class. They hang on the class itself, and go with it. */
final class ShadowFields {

    /** Static because patches share the fields; what it holds is held by each class for itself. */
    private static final OfClass OF_CLASS = new OfClass();

    /** Static for the same reason; holds no field alive. */
    private static final ConcurrentLinkedQueue<WeakReference<ShadowField>> ALL =
            new ConcurrentLinkedQueue<>();

    private static final class OfClass extends ClassValue<ShadowFields> {
        @Override
        protected ShadowFields computeValue(Class<?> owner) {
            return new ShadowFields();
        }
    }

    /** Never changed; replaced under this object's monitor. */
    private volatile ShadowField[] fields = new ShadowField[0];

    private ShadowFields() {}

    /** See {@link ShadowField}. */
    static void warmUp() {
        of(ShadowField.class);
        ALL.add(new WeakReference<>(null));
        clear();
    }

    static ShadowFields of(Class<?> owner) {
        return OF_CLASS.get(owner);
    }

    /** Always the same one for the same arguments. */
    ShadowField field(Class<?> owner, String name, String descriptor) {
        ShadowField known = find(name, descriptor);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = find(name, descriptor);
            return known != null ? known : add(new ShadowField(owner, name, descriptor));
        }
    }

    private @Nullable ShadowField find(String name, String descriptor) {
        for (ShadowField each : fields) {
            if (each.is(name, descriptor)) {
                return each;
            }
        }
        return null;
    }

    private ShadowField add(ShadowField fresh) {
        ShadowField[] old = fields;
        ShadowField[] more = new ShadowField[old.length + 1];
        System.arraycopy(old, 0, more, 0, old.length);
        more[old.length] = fresh;
        // Listed first: a field that nobody can find does no harm there.
        ALL.add(new WeakReference<>(fresh));
        fields = more;
        return fresh;
    }

    /** How many objects have a value, by the fields' labels. */
    static Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (WeakReference<ShadowField> each : ALL) {
            ShadowField field = each.get();
            if (field != null) {
                Integer others = counts.get(field.label());
                counts.put(field.label(), field.live() + (others == null ? 0 : others));
            }
        }
        return counts;
    }

    /** Lets values go whose objects were collected, and forgets the fields of classes that were. */
    static void clear() {
        for (Iterator<WeakReference<ShadowField>> all = ALL.iterator(); all.hasNext(); ) {
            ShadowField field = all.next().get();
            if (field == null) {
                all.remove();
            } else {
                field.clearOwn();
            }
        }
    }
}
