package dev.jlp.builder;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.ModuleNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a jar is beside its classes and resources.
 *
 * @param signed whether somebody signed it
 * @param version as its manifest has it; empty if it has none
 * @param module what its module declares, sorted; empty if it is none
 * @param versioned class files for particular Java releases, by release and internal name; none if
 *     the manifest does not say that it is a multi-release jar
 */
record JarTraits(
        boolean signed,
        String version,
        List<String> module,
        SortedMap<Integer, SortedMap<String, byte[]>> versioned) {

    static final JarTraits NONE = new JarTraits(false, "", List.of(), new TreeMap<>());

    /** The classes for one Java release that a loader finds before those for all. */
    SortedMap<String, byte[]> classesFor(int javaRelease) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        versioned.headMap(javaRelease + 1).values().forEach(files -> classes.putAll(files));
        return classes;
    }

    /** Exports, opens, requirements and services of a module, a line each. */
    static List<String> module(byte[] moduleInfo) {
        ClassNode type = new ClassNode();
        try {
            new ClassReader(moduleInfo).accept(type, ClassReader.SKIP_CODE);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return List.of("a descriptor that can't be read");
        }
        List<String> lines = new ArrayList<>();
        ModuleNode module = type.module;
        if (module != null) {
            boolean open = ClassFiles.has(module.access, Opcodes.ACC_OPEN);
            lines.add((open ? "open module " : "module ") + module.name);
            none(module.requires).forEach(one -> lines.add("requires " + one.module));
            none(module.exports)
                    .forEach(one -> lines.add("exports " + one.packaze + to(one.modules)));
            none(module.opens).forEach(one -> lines.add("opens " + one.packaze + to(one.modules)));
            none(module.uses).forEach(one -> lines.add("uses " + one));
            none(module.provides)
                    .forEach(one -> lines.add("provides " + one.service + to(one.providers)));
        }
        Collections.sort(lines);
        return List.copyOf(lines);
    }

    @SuppressWarnings("NullAway") // ASM leaves out what is empty
    private static <T> List<T> none(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String to(List<String> names) {
        return none(names).isEmpty() ? "" : " to " + String.join(", ", none(names));
    }
}
