package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The variables of one id: an open hash table by the parents' identity. Readers take no lock. Writers take
 * one, under which no code of others runs.
 *
 * <p>A variable stays in its slot while the array lives; freed, it stays there without a value. So a
 * reader never misses a variable that is not being written. A new array has the living ones only.
 */
final class ShadowTable<T> {

    private static final int LENGTH_MIN = 16;

    /** How many variables of collected parents a writer clears away: more than it can add. */
    private static final int CLEARED_PER_WRITE = 16;

    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final IdentityHashMap<Object, ShadowConstruction> constructions =
            new IdentityHashMap<>();

    /** A power of two long, at least half of it empty. Set once it is filled: pairs with {@link #get}. */
    private volatile AtomicReferenceArray<@Nullable ShadowVariable<T>> slots =
            new AtomicReferenceArray<>(LENGTH_MIN);

    /** Slots that are not empty. */
    private int used;

    /** Variables with a value. */
    private volatile int live;

    ShadowTable(String id) {
        this.id = id;
    }

    @Nullable
    T get(Object parent) {
        ShadowVariable<T> found = find(parent);
        return found == null ? null : found.value;
    }

    private @Nullable ShadowVariable<T> find(Object parent) {
        AtomicReferenceArray<@Nullable ShadowVariable<T>> now = slots;
        int mask = now.length() - 1;
        int hash = System.identityHashCode(parent);
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            // Pairs with the write in insert: who sees the variable sees what its constructor made.
            ShadowVariable<T> each = now.getAcquire(i);
            if (each == null) {
                return null;
            }
            if (each.hash == hash && each.refersTo(parent)) {
                return each;
            }
        }
    }

    /** The value, which is made if there is none. */
    <P> T make(P parent, Function<? super P, ? extends T> constructor, boolean mayExist) {
        while (true) {
            ShadowConstruction others;
            lock.lock();
            try {
                clear(CLEARED_PER_WRITE);
                T known = get(parent);
                if (known != null) {
                    return existing(known, mayExist);
                }
                others = constructions.get(parent);
                if (others == null) {
                    constructions.put(parent, new ShadowConstruction(id));
                }
            } finally {
                lock.unlock();
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
        lock.lock();
        try {
            ended = constructions.remove(parent);
            if (value != null) {
                insert(new ShadowVariable<>(parent, System.identityHashCode(parent), value, gone));
            }
        } finally {
            lock.unlock();
            if (ended != null) {
                ended.end();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void insert(ShadowVariable<T> variable) {
        if (2 * (used + 1) > slots.length()) {
            rebuild();
        }
        place(slots, variable);
        used++;
        live++;
    }

    private void place(
            AtomicReferenceArray<@Nullable ShadowVariable<T>> into, ShadowVariable<T> variable) {
        int mask = into.length() - 1;
        int i = variable.hash & mask;
        while (into.getPlain(i) != null) {
            i = (i + 1) & mask;
        }
        // Pairs with the read in find.
        into.setRelease(i, variable);
    }

    /** With the living ones alone, in an array that they fill to a quarter at most. */
    private void rebuild() {
        AtomicReferenceArray<@Nullable ShadowVariable<T>> old = slots;
        int length = Math.max(LENGTH_MIN, Integer.highestOneBit(live) * 8);
        AtomicReferenceArray<@Nullable ShadowVariable<T>> fresh =
                new AtomicReferenceArray<>(length);
        int placed = 0;
        for (int i = 0; i < old.length(); i++) {
            ShadowVariable<T> each = old.getPlain(i);
            if (each != null && each.value != null) {
                place(fresh, each);
                placed++;
            }
        }
        slots = fresh;
        used = placed;
    }

    /** Takes a variable out; null if there is none. */
    @Nullable
    T remove(Object parent) {
        lock.lock();
        try {
            clear(CLEARED_PER_WRITE);
            ShadowVariable<T> found = find(parent);
            T value = found == null ? null : found.value;
            if (found != null) {
                empty(found);
            }
            shrink();
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all out, then gives them to the destructor, each with its parent. */
    void removeAll(@Nullable BiConsumer<Object, ? super T> destructor) {
        IdentityHashMap<Object, T> removed = new IdentityHashMap<>();
        lock.lock();
        try {
            AtomicReferenceArray<@Nullable ShadowVariable<T>> now = slots;
            for (int i = 0; i < now.length(); i++) {
                ShadowVariable<T> each = now.getPlain(i);
                Object parent = each == null ? null : each.get();
                T value = each == null ? null : each.value;
                if (parent != null && value != null && destructor != null) {
                    removed.put(parent, value);
                }
                if (each != null) {
                    empty(each);
                }
            }
            shrink();
        } finally {
            lock.unlock();
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

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void empty(ShadowVariable<T> variable) {
        if (variable.value != null) {
            variable.value = null;
            variable.clear();
            live--;
        }
    }

    /** A table that was large once gives its memory back. */
    private void shrink() {
        if (slots.length() > LENGTH_MIN && 16 * live < slots.length()) {
            rebuild();
        }
    }

    /** Empties variables of collected parents; whether there may be more. */
    private boolean clear(int max) {
        for (int i = 0; i < max; i++) {
            Reference<?> reference = gone.poll();
            if (reference == null) {
                return false;
            }
            @SuppressWarnings("unchecked") // the queue is this table's own
            ShadowVariable<T> variable = (ShadowVariable<T>) reference;
            empty(variable);
        }
        return true;
    }

    /** The same from outside, without waiting for a writer. */
    boolean tryClear(int max) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            boolean more = clear(max);
            shrink();
            return more;
        } finally {
            lock.unlock();
        }
    }

    int live() {
        return live;
    }
}
