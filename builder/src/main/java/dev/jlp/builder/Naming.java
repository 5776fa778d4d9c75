package dev.jlp.builder;

import dev.jlp.patch.PatchFile;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.MethodRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of companions. A class is defined once in the life of its loader, so another content has another
 * name.
 */
final class Naming {

    private static final String MARK = "$jlp$";

    private final Map<String, String> names;

    private Naming(Map<String, String> names) {
        this.names = names;
    }

    /**
     * Names that depend on the content of all of them, since each may name each. A class with nothing but
     * static fields that names none of the others has a name of its own: a later patch that brings the same
     * one finds the values that it holds.
     */
    static Naming of(Collection<Companion> companions, Collection<ClassNode> added) {
        Map<String, byte[]> contents = new TreeMap<>();
        companions.forEach(one -> contents.put(one.name(), ClassFiles.writeMade(one.node())));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        contents.values().forEach(all::writeBytes);
        added.forEach(one -> all.writeBytes(ClassFiles.writeMade(one)));
        String common = hash(all.toByteArray());
        Map<String, String> names = new HashMap<>();
        contents.forEach((name, bytes) -> {
            int end = name.indexOf(MARK) + MARK.length();
            String kind = name.substring(end);
            boolean alone = kind.startsWith("static$") && !namesOther(name, bytes, contents);
            String hash = alone ? hash(bytes) : common;
            names.put(
                    name, name.substring(0, end) + hash + (kind.equals("code") ? "" : "$" + kind));
        });
        return new Naming(names);
    }

    private static boolean namesOther(String name, byte[] bytes, Map<String, byte[]> contents) {
        return contents.keySet().stream()
                .filter(other -> !other.equals(name))
                .anyMatch(other -> Bytes.contains(bytes, other.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] content) {
        return PatchFile.digest(content).substring(0, 12);
    }

    MethodNode named(MethodNode method) {
        MethodNode named = new MethodNode(
                Opcodes.ASM9,
                method.access,
                method.name,
                method.desc,
                method.signature,
                method.exceptions.toArray(new String[0]));
        method.accept(new MethodRemapper(named, new SimpleRemapper(Opcodes.ASM9, names)));
        return named;
    }

    ClassNode named(ClassNode type) {
        ClassNode named = new ClassNode();
        type.accept(new ClassRemapper(named, new SimpleRemapper(Opcodes.ASM9, names)));
        return named;
    }
}
