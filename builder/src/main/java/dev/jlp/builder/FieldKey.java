package dev.jlp.builder;

import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;

import java.util.Comparator;

/**
 * A field of a class.
 *
 * @param name of the field
 * @param descriptor of its type
 */
record FieldKey(String name, String descriptor) implements Comparable<FieldKey> {

    private static final Comparator<FieldKey> ORDER =
            Comparator.comparing(FieldKey::name).thenComparing(FieldKey::descriptor);

    static FieldKey of(FieldNode field) {
        return new FieldKey(field.name, field.desc);
    }

    static FieldKey of(FieldInsnNode access) {
        return new FieldKey(access.name, access.desc);
    }

    @Override
    public int compareTo(FieldKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
