package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The variables of one id, in slots by the parents' identity. Readers take no lock. Writers take one, under
 * which no code of others runs.
 */
final class ShadowTable<T> extends ShadowSlots {

    /** How many variables of collected parents a writer clears away: more than it can add. */
    private static final int CLEARED_PER_WRITE = 16;

    private final String id;

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

    private final IdentityHashMap<Object, ShadowConstruction> constructions =
            new IdentityHashMap<>();

    ShadowTable(String id) {
        this.id = id;
    }

    @Nullable
    T get(Object parent) {
        ShadowVariable<T> found = variable(parent);
        try {
            return found == null ? null : found.value;
        } finally {
            // Otherwise the parent might be collected, and its value dropped, before the value is
            // read.
            Reference.reachabilityFence(parent);
        }
    }

    @SuppressWarnings("unchecked") // the slots are this table's own
    private @Nullable ShadowVariable<T> variable(Object parent) {
        return (ShadowVariable<T>) find(parent);
    }

    /** The value, which is made if there is none. */
    <P> T make(P parent, Function<? super P, ? extends T> constructor, boolean mayExist) {
        while (true) {
            ShadowConstruction others;
            synchronized (lock) {
                writing = true;
                try {
                    expunge(CLEARED_PER_WRITE);
                    T known = get(parent);
                    if (known != null) {
                        return existing(known, mayExist);
                    }
                    others = constructions.get(parent);
                    if (others == null) {
                        constructions.put(parent, new ShadowConstruction(id));
                    }
                } finally {
                    writing = false;
                }
            }
            if (others == null) {
                return construct(parent, constructor);
            }
            others.await();
        }
    }

    private T existing(T known, boolean mayExist) {
        if (!mayExist) {
            throw new IllegalStateException(
                    "the shadow variable '" + id + "' of this object exists already");
        }
        return known;
    }

    private <P> T construct(P parent, Function<? super P, ? extends T> constructor) {
        T value = null;
        try {
            value = constructor.apply(parent);
            if (value == null) {
                throw new NullPointerException(
                        "the constructor of the shadow variable '" + id + "' returned null");
            }
            return value;
        } finally {
            finish(parent, value);
        }
    }

    /** Takes the construction away and puts what it made in its place, in one step. */
    private void finish(Object parent, @Nullable T value) {
        ShadowConstruction ended = null;
        try {
            synchronized (lock) {
                writing = true;
                try {
                    ended = constructions.remove(parent);
                    if (value != null) {
                        insert(new ShadowVariable<>(parent, value, gone));
                    }
                } finally {
                    writing = false;
                }
            }
        } finally {
            if (ended != null) {
                ended.end();
            }
        }
    }

    /** Takes a variable out; null if there is none. */
    @Nullable
    T remove(Object parent) {
        synchronized (lock) {
            writing = true;
            try {
                expunge(CLEARED_PER_WRITE);
                ShadowVariable<T> found = variable(parent);
                T value = found == null ? null : found.value;
                if (found != null) {
                    remove(found, parent);
                }
                return value;
            } finally {
                writing = false;
            }
        }
    }

    /** Takes all out, then gives them to the destructor, each with its parent. */
    void removeAll(@Nullable BiConsumer<Object, ? super T> destructor) {
        IdentityHashMap<Object, T> removed = new IdentityHashMap<>();
        synchronized (lock) {
            writing = true;
            try {
                for (ShadowEntry each : entries()) {
                    Object parent = each.get();
                    ShadowVariable<T> found = parent == null ? null : variable(parent);
                    T value = found == null ? null : found.value;
                    if (parent != null && found != null && value != null) {
                        if (destructor != null) {
                            removed.put(parent, value);
                        }
                        remove(found, parent);
                    }
                }
            } finally {
                writing = false;
            }
        }
        if (destructor != null) {
            destroy(removed, destructor);
        }
    }

    /** What one destructor throws must not keep the others from running. */
    private static <T> void destroy(
            IdentityHashMap<Object, T> removed, BiConsumer<Object, ? super T> destructor) {
        RuntimeException first = null;
        for (Map.Entry<Object, T> each : removed.entrySet()) {
            try {
                destructor.accept(each.getKey(), each.getValue());
            } catch (RuntimeException thrown) {
                if (first == null) {
                    first = thrown;
                } else if (first != thrown) {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Lets values of collected parents go, without waiting for a writer; whether there may be more. */
    boolean tryClear(int max) {
        if (writing) {
            return false;
        }
        synchronized (lock) {
            return expunge(max);
        }
    }
}
