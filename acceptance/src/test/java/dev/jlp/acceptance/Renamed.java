package dev.jlp.acceptance;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A jar as ProGuard would write it: short names, no debugging information. What is inherited from the JDK keeps its
 * name. A name becomes the same one wherever it stands, so overrides stay overrides.
 */
final class Renamed extends Remapper {

    /** Which names are given up. */
    enum Names {
        /** All but those of classes, as with {@code -keepnames class *}. */
        OF_MEMBERS,
        /** Of classes alone. */
        OF_CLASSES
    }

    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Set<String> inherited = new HashSet<>(Set.of("values", "valueOf"));
    private final Map<String, String> shortNames = new HashMap<>();
    private final Set<String> kept;
    private final Names given;

    private Renamed(Names given, Set<String> kept) {
        super(Opcodes.ASM9);
        this.given = given;
        this.kept = kept;
    }

    /** Writes the jar {@code to}; the names of {@code kept} stay as they are. */
    static Path jar(Path from, Path to, Names given, String... kept) {
        Renamed renamed = new Renamed(given, Set.of(kept));
        Map<String, byte[]> renamedFiles = new TreeMap<>();
        Jars.classes(from).values().forEach(renamed::read);
        renamed.classes.values().forEach(type -> {
            ClassWriter writer = new ClassWriter(0);
            type.accept(new ClassRemapper(writer, renamed));
            renamedFiles.put(renamed.map(type.name) + ".class", writer.toByteArray());
        });
        return Jars.write(to, renamedFiles);
    }

    private void read(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        classes.put(type.name, type);
        inherit(type.superName);
        type.interfaces.forEach(this::inherit);
    }

    private void inherit(String name) {
        try {
            Class<?> type = Class.forName(name.replace('/', '.'), false, null);
            for (Class<?> above = type; above != null; above = above.getSuperclass()) {
                for (Method method : above.getDeclaredMethods()) {
                    inherited.add(method.getName());
                }
            }
            for (Method method : type.getMethods()) {
                inherited.add(method.getName());
            }
        } catch (ClassNotFoundException own) {
            // A class of the jar, which is read itself.
        }
    }

    @Override
    public String map(String type) {
        boolean keeps = given == Names.OF_MEMBERS || kept.contains(type);
        return keeps || !classes.containsKey(type) ? type : "o/" + shortName(type);
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
        boolean own = classes.containsKey(owner) && !name.startsWith("<");
        return own && !inherited.contains(name) ? member(name) : name;
    }

    @Override
    public String mapFieldName(String owner, String name, String descriptor) {
        return classes.containsKey(owner) ? member(name) : name;
    }

    private String member(String name) {
        return given == Names.OF_CLASSES || kept.contains(name) ? name : shortName(name);
    }

    private String shortName(String name) {
        return shortNames.computeIfAbsent(name, none -> letters(shortNames.size()));
    }

    private static String letters(int number) {
        String last = String.valueOf((char) ('a' + number % 26));
        return number < 26 ? last : letters(number / 26 - 1) + last;
    }
}
