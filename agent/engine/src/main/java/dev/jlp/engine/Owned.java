package dev.jlp.engine;

import java.util.Comparator;

/**
 * Something that a patch has: a method, or a state.
 *
 * @param name as people write it
 * @param owner the patch
 */
public record Owned(String name, String owner) implements Comparable<Owned> {

    private static final Comparator<Owned> ORDER =
            Comparator.comparing(Owned::name).thenComparing(Owned::owner);

    @Override
    public int compareTo(Owned other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " (of '" + owner + "')";
    }
}
