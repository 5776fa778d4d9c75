package dev.jlp.engine;

import java.util.Arrays;

/** A set of states in the order in which they were found: millions of them fit into little memory. */
final class WorldStates {

    private long[] found = new long[1 << 12];
    /** One more than the index of what hashed there; 0 where nothing has. */
    private int[] table = new int[1 << 13];

    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return found[index];
    }

    void add(long state) {
        int slot = slot(state);
        if (table[slot] != 0) {
            return;
        }
        found[size++] = state;
        table[slot] = size;
        if (size == found.length) {
            grow();
        }
    }

    private int slot(long state) {
        long mixed = state * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 33) & (table.length - 1);
        while (table[slot] != 0 && found[table[slot] - 1] != state) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void grow() {
        found = Arrays.copyOf(found, found.length * 2);
        table = new int[found.length * 2];
        for (int i = 0; i < size; i++) {
            table[slot(found[i])] = i + 1;
        }
    }
}
