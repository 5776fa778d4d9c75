package dev.jlp.builder;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names of a library that was shaded: copied into another jar, its packages renamed. The Maven Shade
 * plugin's rule, and that of its imitators: the first pattern that a name begins with is replaced, in names
 * of classes and in texts, with dots or with slashes.
 */
final class Relocations extends Remapper {

    private final List<Relocation> rules;

    Relocations(List<Relocation> rules) {
        super(Opcodes.ASM9);
        this.rules = rules;
    }

    /** A release as it is in the jar that it was shaded into; the same if nothing is relocated. */
    Release in(Release release) throws BuildProblem {
        if (rules.isEmpty()) {
            return release;
        }
        return new Release(
                release.label(),
                release.sha256(),
                in(release.classes(), release.label()),
                in(release.shipped(), release.label()),
                release.resources(),
                release.traits());
    }

    /** The name of a target, another one for each copy: their patches don't replace each other. */
    String target(String name) {
        return rules.isEmpty() ? name : name + "@" + rules.get(0).to();
    }

    /** Makes sure that each of the rules renames something. */
    void check(List<Release> originals) throws BuildProblem {
        for (Relocation rule : rules) {
            String path = rule.from().replace('.', '/');
            if (originals.stream()
                    .flatMap(release -> release.classes().keySet().stream())
                    .noneMatch(name -> name.startsWith(path))) {
                throw new BuildProblem("the originals have no class in '" + rule.from()
                        + "', which is to be relocated to '" + rule.to() + "'");
            }
        }
    }

    private SortedMap<String, byte[]> in(SortedMap<String, byte[]> classes, String label)
            throws BuildProblem {
        SortedMap<String, byte[]> relocated = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            ClassNode node =
                    ClassFiles.parse(type.getValue(), type.getKey() + " of '" + label + "'");
            ClassWriter writer = new ClassWriter(0);
            node.accept(new ClassRemapper(writer, this));
            relocated.put(map(type.getKey()), writer.toByteArray());
        }
        return relocated;
    }

    @Override
    public String map(String internalName) {
        return replaced(internalName, '/');
    }

    @Override
    public Object mapValue(Object value) {
        return value instanceof String text ? text(text) : super.mapValue(value);
    }

    private String text(String text) {
        boolean descriptor = text.matches("\\[*L[^;]+;.*");
        int begin = descriptor ? text.indexOf('L') + 1 : 0;
        String rest = text.substring(begin);
        return text.substring(0, begin) + replaced(rest, rest.indexOf('/') < 0 ? '.' : '/');
    }

    private String replaced(String name, char separator) {
        for (Relocation rule : rules) {
            String from = rule.from().replace('.', separator);
            if (name.startsWith(from)) {
                return rule.to().replace('.', separator) + name.substring(from.length());
            }
        }
        return name;
    }
}
