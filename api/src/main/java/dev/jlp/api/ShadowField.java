package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.util.Map;
import java.util.Objects;

/**
 * An instance field that a patch adds to a class: a running JVM can't give one to the class, so its values
 * lie here. Called by code that the builder generates; authors have no use for it.
 *
 * <p>The field is known by its class, name and type, so each patch that adds it finds what others have set.
 * Objects are known by their identity and are not kept alive. A value goes after its object was collected,
 * when somebody sets a value in another one, or when the agent asks; but a value from which its object can be
 * reached keeps it alive.
 *
 * <p>Reads and writes mean what those of a plain or a volatile field mean. A write in one thread that happens
 * before a read in another is seen there: the read begins with the array of the table and its slots, which
 * are volatile, and ends at an entry that stays the object's as long as the object lives. A thread that was
 * handed an object by a race may find it without its value, also if the field is meant to be final.
 *
 * <p>Primitive values are bits, as the generated code makes them. A field is used by the methods for
 * references or by those for bits, never by both.
 */
public final class ShadowField extends ShadowSlots {

    /** How many entries of collected objects a writer lets go: more than it can add. */
    private static final int CLEARED_PER_WRITE = 16;

    private static final int CLEARED_AT_ONCE = 1_000;

    static {
        warmUp();
    }

    private final String name;
    private final String descriptor;
    private final String label;

    /**
     * Guards the table: a monitor, since it is left without a call, so that no lack of stack can keep it
     * locked. No code of others runs under it.
     */
    private final Object lock = new Object();

    /**
     * Whether a thread is in the lock: the agent does not wait for one that may be suspended there. A hint,
     * so it is plain.
     */
    private boolean writing;

    ShadowField(Class<?> owner, String name, String descriptor) {
        this.name = name;
        this.descriptor = descriptor;
        label = owner.getName().concat(".").concat(name);
    }

    /** Links what the methods call, while there is stack enough, and not under a lock. */
    private static void warmUp() {
        ShadowFields.warmUp();
        Object target = new Object();
        ShadowField values = new ShadowField(ShadowField.class, "warmUp", "Ljava/lang/Object;");
        values.setVolatile(target, values.putIfAbsent(target, values.get(target, null)));
        values.set(target, values.getVolatile(target, null));
        ShadowField bits = new ShadowField(ShadowField.class, "warmUp", "J");
        bits.setBitsVolatile(target, bits.getBits(target, 0));
        bits.setBits(target, bits.putBitsIfAbsent(target, bits.getBitsVolatile(target, 0)));
        bits.clearOwn();
    }

    /** The shadow field of a class by its name and type; always the same object while the class is there. */
    public static ShadowField of(Class<?> owner, String name, String descriptor) {
        return ShadowFields.of(owner).field(owner, name, descriptor);
    }

    boolean is(String otherName, String otherDescriptor) {
        return name.equals(otherName) && descriptor.equals(otherDescriptor);
    }

    /** The class's name and the field's. */
    String label() {
        return label;
    }

    /** The value in an object; what the caller says if none was set. Null is a value. */
    public @Nullable Object get(Object target, @Nullable Object absent) {
        ShadowValue known = (ShadowValue) find(Objects.requireNonNull(target));
        if (known == null) {
            return absent;
        }
        try {
            return known.value;
        } finally {
            // Otherwise the object might be collected, and its value dropped, before the value is
            // read.
            Reference.reachabilityFence(target);
        }
    }

    /** The same for a volatile field. */
    public @Nullable Object getVolatile(Object target, @Nullable Object absent) {
        ShadowValue known = (ShadowValue) find(Objects.requireNonNull(target));
        if (known == null) {
            return absent;
        }
        try {
            return known.getVolatile();
        } finally {
            Reference.reachabilityFence(target);
        }
    }

    /** Sets the value in an object that has none, in one step; the value that it has then. */
    public @Nullable Object putIfAbsent(Object target, @Nullable Object value) {
        ShadowValue known = (ShadowValue) find(Objects.requireNonNull(target));
        if (known == null) {
            known = (ShadowValue) add(target, new ShadowValue(target, value, gone));
        }
        try {
            return known.getVolatile();
        } finally {
            Reference.reachabilityFence(target);
        }
    }

    /** Sets the value in an object. */
    public void set(Object target, @Nullable Object value) {
        ShadowValue known = (ShadowValue) find(Objects.requireNonNull(target));
        if (known == null) {
            ShadowValue fresh = new ShadowValue(target, value, gone);
            known = (ShadowValue) add(target, fresh);
            if (known == fresh) {
                return;
            }
        }
        try {
            known.value = value;
        } finally {
            // Otherwise the object might be gone and its entry dropped before: the value would
            // stay.
            Reference.reachabilityFence(target);
        }
    }

    /** The same for a volatile field. */
    public void setVolatile(Object target, @Nullable Object value) {
        ShadowValue known = (ShadowValue) find(Objects.requireNonNull(target));
        if (known == null) {
            ShadowValue fresh = new ShadowValue(target, value, gone);
            known = (ShadowValue) add(target, fresh);
            if (known == fresh) {
                // Written once: others may have read it and written another one since.
                return;
            }
        }
        try {
            known.setVolatile(value);
        } finally {
            Reference.reachabilityFence(target);
        }
    }

    /** Sets the primitive value in an object that has none, in one step; the value that it has then. */
    public long putBitsIfAbsent(Object target, long bits) {
        ShadowBits known = (ShadowBits) find(Objects.requireNonNull(target));
        if (known == null) {
            known = (ShadowBits) add(target, new ShadowBits(target, bits, gone));
        }
        return known.getVolatile();
    }

    /** The primitive value in an object, as bits; what the caller says if none was set. */
    public long getBits(Object target, long absent) {
        ShadowBits known = (ShadowBits) find(Objects.requireNonNull(target));
        return known == null ? absent : known.bits;
    }

    /** The same for a volatile field. */
    public long getBitsVolatile(Object target, long absent) {
        ShadowBits known = (ShadowBits) find(Objects.requireNonNull(target));
        return known == null ? absent : known.getVolatile();
    }

    /** Sets the primitive value in an object, as bits. */
    public void setBits(Object target, long bits) {
        ShadowBits known = (ShadowBits) find(Objects.requireNonNull(target));
        if (known == null) {
            ShadowBits fresh = new ShadowBits(target, bits, gone);
            known = (ShadowBits) add(target, fresh);
            if (known == fresh) {
                return;
            }
        }
        known.bits = bits;
    }

    /** The same for a volatile field. */
    public void setBitsVolatile(Object target, long bits) {
        ShadowBits known = (ShadowBits) find(Objects.requireNonNull(target));
        if (known == null) {
            ShadowBits fresh = new ShadowBits(target, bits, gone);
            known = (ShadowBits) add(target, fresh);
            if (known == fresh) {
                return;
            }
        }
        known.setVolatile(bits);
    }

    /** The entry that is the object's then: this one, or one that another thread has added. */
    private ShadowEntry add(Object target, ShadowEntry fresh) {
        synchronized (lock) {
            writing = true;
            try {
                expunge(CLEARED_PER_WRITE);
                ShadowEntry known = find(target);
                if (known != null) {
                    return known;
                }
                insert(fresh);
                return fresh;
            } finally {
                writing = false;
            }
        }
    }

    /** How many objects have a value, by class and field. Those that were collected may still count. */
    public static Map<String, Integer> counts() {
        return ShadowFields.counts();
    }

    /** Lets values go whose objects were collected, also in a table which nobody writes to. */
    public static void clear() {
        ShadowFields.clear();
    }

    /** A batch at a time, so that writers get the lock in between; not while one has it. */
    void clearOwn() {
        boolean more = true;
        while (more && !writing) {
            synchronized (lock) {
                more = expunge(CLEARED_AT_ONCE);
            }
        }
    }
}
