package dev.jlp.patch;

/**
 * A method within its class.
 *
 * @param name as in the class file, {@code <init>} included
 * @param descriptor as in the class file
 */
public record MethodId(String name, String descriptor) implements Comparable<MethodId> {

    @Override
    public int compareTo(MethodId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : descriptor.compareTo(other.descriptor);
    }

    @Override
    public String toString() {
        return name + descriptor;
    }
}
