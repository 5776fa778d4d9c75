package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** New names for compiler-made methods: those that their counterparts have in the original. */
final class Renames extends Remapper {

    static final Renames NONE = new Renames();

    private final Map<String, String> names = new TreeMap<>();
    private final Set<String> owners = new TreeSet<>();

    Renames() {
        super(Opcodes.ASM9);
    }

    void add(String owner, String name, String descriptor, String newName) {
        names.put(owner + "." + name + descriptor, newName);
        owners.add(outermost(owner));
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether the class may name a renamed method: only classes of the same source file can. */
    boolean concern(String className) {
        return owners.contains(outermost(className));
    }

    private static String outermost(String className) {
        int dollar = className.indexOf('$', className.lastIndexOf('/') + 2);
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
        return names.getOrDefault(owner + "." + name + descriptor, name);
    }
}
