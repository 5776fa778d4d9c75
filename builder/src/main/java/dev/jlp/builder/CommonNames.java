package dev.jlp.builder;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether two jars have enough names in common to be releases of one artifact. What the builder compares it finds by
 * name: between other code, or the same code under other names, everything would be a change.
 */
final class CommonNames {

    /** As many may be renamed in small classes that somebody has written anew. */
    private static final int FEW = 20;

    private static final String STRANGERS = "not two releases of one artifact, or they are"
            + " obfuscated with other names: let one mapping make both";

    private CommonNames() {}

    static void checkClasses(Release original, Release fixed) throws BuildProblem {
        long common = inBoth(original, fixed).size();
        int fewer = Math.min(original.classes().size(), fixed.classes().size());
        if (common == 0) {
            throw new BuildProblem("'" + original.label() + "' and '" + fixed.label()
                    + "' have no class in common: they are " + STRANGERS);
        }
        if (common * 2 < fewer) {
            throw new BuildProblem("of " + fewer + " classes of '"
                    + (fewer == original.classes().size() ? original : fixed).label() + "' only "
                    + common + " have a counterpart of their name: these are " + STRANGERS);
        }
    }

    /** Looks into classes that can be read. Where most are the same, the others are whatever they are. */
    static void checkMembers(Release original, Release fixed) throws BuildProblem {
        List<String> classes = inBoth(original, fixed);
        List<String> differing = classes.stream()
                .filter(name -> !Arrays.equals(
                        original.classes().get(name), fixed.classes().get(name)))
                .toList();
        int before = 0;
        int after = 0;
        int common = 0;
        for (String name : differing) {
            Set<String> were = members(original.bytes(name));
            Set<String> are = members(fixed.bytes(name));
            before += were.size();
            after += are.size();
            were.retainAll(are);
            common += were.size();
        }
        int fewer = Math.min(before, after);
        if (differing.size() * 2 > classes.size() && fewer - common > FEW && common * 2 < fewer) {
            throw new BuildProblem("in the classes that differ between '" + original.label()
                    + "' and '" + fixed.label() + "', only " + common + " of " + fewer
                    + " fields and methods have a counterpart of their name: these are "
                    + STRANGERS);
        }
    }

    private static List<String> inBoth(Release original, Release fixed) {
        return original.classes().keySet().stream()
                .filter(name -> fixed.classes().containsKey(name))
                .toList();
    }

    /** Names that somebody has chosen: of fields, and with parentheses of methods. */
    private static Set<String> members(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes)
                .accept(
                        type,
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        Set<String> names = new HashSet<>();
        for (FieldNode field : type.fields) {
            if (!ClassFiles.has(field.access, Opcodes.ACC_SYNTHETIC)) {
                names.add(field.name);
            }
        }
        for (MethodNode method : type.methods) {
            if (!ClassFiles.has(method.access, Opcodes.ACC_SYNTHETIC)
                    && !method.name.startsWith("<")) {
                names.add(method.name + "()");
            }
        }
        return names;
    }
}
