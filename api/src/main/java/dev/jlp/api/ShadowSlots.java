package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * An open hash table of entries by the identity of their objects. Readers take no lock and allocate nothing.
 * Whoever changes it holds a lock, the same for all.
 *
 * <p>An entry stays in its slot while the array lives and its object does; a slot is never emptied, only
 * given from an entry whose object is gone to another. So a reader never misses an entry that was there
 * when it read the array. A new array has the living ones only. What is thrown in the middle of a change
 * (no stack, no memory) leaves the array as it was or with the entry in it, and {@link #used} too large at
 * most.
 */
abstract class ShadowSlots {

    private static final int LENGTH_MIN = 16;
    private static final int LENGTH_MAX = 1 << 30;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(ShadowEntry[].class);

    /** Where entries come when their objects are collected. */
    final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /**
     * A power of two long, a quarter of it filled at most: with more, readers of large tables wait for entries
     * of other objects. Or no slot at all, then a reader need not ask for the object's hash. Set once it is
     * filled: pairs with {@link #find}.
     */
    private volatile @Nullable ShadowEntry[] slots = new ShadowEntry[0];

    /** Slots that are not empty. Under the lock. */
    private int used;

    /** Entries whose objects have not been found to be gone. Written under the lock. */
    private volatile int live;

    /** The entry of an object; null if there is none. */
    final @Nullable ShadowEntry find(Object target) {
        @Nullable ShadowEntry[] now = slots;
        int mask = now.length - 1;
        if (mask < 0) {
            return null;
        }
        int hash = System.identityHashCode(target);
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            // Pairs with the write in place.
            ShadowEntry each = (ShadowEntry) SLOT.getVolatile(now, i);
            if (each == null || (each.hash == hash && each.refersTo(target))) {
                return each;
            }
        }
    }

    /** Adds an entry for an object that has none. Under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    final void insert(ShadowEntry entry) {
        if (used >= slots.length / 4) {
            rebuild(1);
        }
        @Nullable ShadowEntry[] now = slots;
        int free = free(now, entry.hash);
        if (now[free] == null) {
            used++;
        }
        // Pairs with the read in find: who sees the entry sees its first value.
        SLOT.setVolatile(now, free, entry);
        live++;
    }

    /** Takes the entry of an object out that lives: its slot counts as that of one which is gone. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    final void remove(ShadowEntry entry, Object target) {
        try {
            entry.drop();
            entry.clear();
            live--;
            shrink();
        } finally {
            // The queue gets no entry that was cleared while its object lived, so each one counts
            // once.
            Reference.reachabilityFence(target);
        }
    }

    /** The entries that are in a slot, of objects that are gone too. Under the lock. */
    final List<ShadowEntry> entries() {
        List<ShadowEntry> entries = new ArrayList<>();
        for (ShadowEntry each : slots) {
            if (each != null) {
                entries.add(each);
            }
        }
        return entries;
    }

    /** Where an entry of this hash may go: a slot that is empty, or whose object is gone. */
    private static int free(@Nullable ShadowEntry[] slots, int hash) {
        int mask = slots.length - 1;
        int i = hash & mask;
        ShadowEntry there = slots[i];
        while (there != null && !there.refersTo(null)) {
            i = (i + 1) & mask;
            there = slots[i];
        }
        return i;
    }

    /** With the living ones alone, in an array that has room for them and for those to come. */
    private void rebuild(int toCome) {
        @Nullable ShadowEntry[] old = slots;
        int living = toCome;
        for (ShadowEntry each : old) {
            living += each == null || each.refersTo(null) ? 0 : 1;
        }
        @Nullable ShadowEntry[] fresh = new ShadowEntry[lengthFor(living)];
        int placed = 0;
        for (ShadowEntry each : old) {
            if (each != null && !each.refersTo(null)) {
                fresh[free(fresh, each.hash)] = each;
                placed++;
            }
        }
        slots = fresh;
        used = placed;
    }

    /** Leaves a part of the array free until the next rebuild, so that entries pay for it that come and go. */
    private static int lengthFor(int living) {
        if (living == 0) {
            return 0;
        }
        int length = LENGTH_MIN;
        while (length < LENGTH_MAX && living > length / 16 * 3) {
            length *= 2;
        }
        return length;
    }

    /**
     * Lets entries go whose objects were collected, and the memory of a table that was large once; whether
     * there may be more entries. Under the lock.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    final boolean expunge(int max) {
        int taken = 0;
        while (taken < max) {
            ShadowEntry entry = (ShadowEntry) gone.poll();
            if (entry == null) {
                break;
            }
            entry.drop();
            live--;
            taken++;
        }
        shrink();
        return taken == max;
    }

    private void shrink() {
        if (live < slots.length / 16) {
            rebuild(0);
        }
    }

    final int live() {
        return live;
    }
}
