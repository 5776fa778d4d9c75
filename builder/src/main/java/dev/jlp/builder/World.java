package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes of all releases, and those around them as far as they are known: the class path that
 * was given and the building JDK. A class that is in none of them is assumed to be unchanged.
 */
final class World {

    private final Map<String, Release> original = new HashMap<>();
    private final Map<String, Release> fixed = new HashMap<>();
    private final List<Release> classpath;
    private final Map<String, Optional<ClassNode>> before = new HashMap<>();
    private final Map<String, Optional<ClassNode>> after = new HashMap<>();
    private final Map<String, Optional<ClassNode>> around = new HashMap<>();
    private Renames renames = Renames.NONE;

    World(List<Release> originals, List<Release> fixes, List<Release> classpath) {
        originals.forEach(jar -> jar.classes().keySet().forEach(c -> original.put(c, jar)));
        fixes.forEach(jar -> jar.classes().keySet().forEach(c -> fixed.put(c, jar)));
        this.classpath = classpath;
    }

    /** From now on compiler-made members of the fixed classes have these names. */
    void rename(Renames matched) {
        renames = matched;
        after.clear();
    }

    boolean inOriginal(String name) {
        return original.containsKey(name);
    }

    boolean isAdded(String name) {
        return fixed.containsKey(name) && !original.containsKey(name);
    }

    boolean isRemoved(String name) {
        return original.containsKey(name) && !fixed.containsKey(name);
    }

    /** Whether a release has it. */
    boolean exists(String name) {
        return original.containsKey(name) || fixed.containsKey(name);
    }

    /** Class files of the fixed releases. */
    Map<String, byte[]> fixedClasses() {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Map.Entry<String, Release> type : fixed.entrySet()) {
            byte[] bytes = type.getValue().classes().get(type.getKey());
            if (bytes != null) {
                classes.put(type.getKey(), bytes);
            }
        }
        return classes;
    }

    /** Classes of the originals in whose constants the name of one of these fields stands. */
    Set<String> originalClassesNaming(Collection<FieldKey> fields) {
        Set<String> found = new TreeSet<>();
        fields.forEach(field -> found.addAll(originalClassesWith(field.name())));
        return found;
    }

    /** Classes of the originals in whose constants a word stands. */
    Set<String> originalClassesWith(String word) {
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        Set<String> found = new TreeSet<>();
        for (Map.Entry<String, Release> type : original.entrySet()) {
            byte[] bytes = type.getValue().classes().get(type.getKey());
            if (bytes != null && Bytes.contains(bytes, text)) {
                found.add(type.getKey());
            }
        }
        return found;
    }

    /** The class as it is in the JVM before the patch. */
    @Nullable
    ClassNode before(String name) throws BuildProblem {
        return find(name, original, before).orElseGet(() -> around(name));
    }

    /** The class as the fixed release has it, compiler-made members under their old names. */
    @Nullable
    ClassNode after(String name) throws BuildProblem {
        return find(name, fixed, after).orElseGet(() -> around(name));
    }

    private Optional<ClassNode> find(
            String name, Map<String, Release> jars, Map<String, Optional<ClassNode>> cache)
            throws BuildProblem {
        Optional<ClassNode> known = cache.get(name);
        if (known != null) {
            return known;
        }
        Release jar = jars.get(name);
        Optional<ClassNode> found = Optional.empty();
        if (jar != null) {
            ClassNode node = jar.parse(name);
            found = Optional.of(cache == after ? renamed(node) : node);
        }
        cache.put(name, found);
        return found;
    }

    private ClassNode renamed(ClassNode node) {
        if (renames.isEmpty()) {
            return node;
        }
        ClassNode renamed = new ClassNode();
        node.accept(new ClassRemapper(renamed, renames));
        return renamed;
    }

    private @Nullable ClassNode around(String name) {
        return around.computeIfAbsent(name, this::lookAround).orElse(null);
    }

    private Optional<ClassNode> lookAround(String name) {
        try {
            byte[] api = ApiNames.classFile(name);
            if (api != null) {
                return Optional.of(ClassFiles.parse(api, name));
            }
            for (Release jar : classpath) {
                if (jar.classes().containsKey(name)) {
                    return Optional.of(jar.parse(name));
                }
            }
            try (InputStream in =
                    ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(ClassFiles.parse(in.readAllBytes(), name));
            }
        } catch (IOException | BuildProblem unreadable) {
            return Optional.empty();
        }
    }
}
