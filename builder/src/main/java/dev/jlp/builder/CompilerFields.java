package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Fields whose names are a compiler's habit: the list of an enum's constants, which ECJ calls otherwise than all others,
 * and the moment of compilation, which Groovy may write into a class, in the name of a field and in a constant. The
 * fixed release is read as if the original's compiler had made it, at the same moment.
 */
final class CompilerFields {

    private static final String MOMENT = "__timeStamp";
    private static final String STAMP = "__timeStamp__239_neverHappen";
    private static final List<String> WORDS = List.of(STAMP, "$VALUES");

    private CompilerFields() {}

    /** The fixed release with the original's names. */
    static Release named(Release original, Release fixed) throws BuildProblem {
        SortedMap<String, byte[]> classes = new TreeMap<>(fixed.classes());
        for (Map.Entry<String, byte[]> type : fixed.classes().entrySet()) {
            byte[] before = original.classes().get(type.getKey());
            if (before != null
                    && !Arrays.equals(before, type.getValue())
                    && WORDS.stream().anyMatch(word -> contains(type.getValue(), word))) {
                ClassNode was = original.parse(type.getKey());
                ClassNode after = fixed.parse(type.getKey());
                Map<String, String> names = names(was, after);
                ClassNode named = with(after, names);
                if (stamped(was, named) || !names.isEmpty()) {
                    classes.put(type.getKey(), ClassFiles.write(named));
                }
            }
        }
        return fixed.with(classes);
    }

    private static boolean contains(byte[] bytes, String word) {
        return Bytes.contains(bytes, word.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> names(ClassNode before, ClassNode after) {
        Map<String, String> names = new HashMap<>();
        rename(names, name(after, CompilerFields::isStamp), name(before, CompilerFields::isStamp));
        rename(
                names,
                name(after, field -> Enums.isList(after, FieldKey.of(field))),
                name(before, field -> Enums.isList(before, FieldKey.of(field))));
        return names;
    }

    private static void rename(
            Map<String, String> names, @Nullable String is, @Nullable String was) {
        if (is != null && was != null && !is.equals(was)) {
            names.put(is, was);
        }
    }

    private static @Nullable String name(ClassNode type, Predicate<FieldNode> wanted) {
        for (FieldNode field : type.fields) {
            if (wanted.test(field)) {
                return field.name;
            }
        }
        return null;
    }

    private static boolean isStamp(FieldNode field) {
        return field.name.matches(STAMP + "[0-9]{1,18}");
    }

    private static ClassNode with(ClassNode type, Map<String, String> names) {
        ClassNode named = new ClassNode();
        type.accept(new ClassRemapper(named, new Remapper(Opcodes.ASM9) {
            @Override
            public String mapFieldName(String owner, String name, String descriptor) {
                return owner.equals(type.name) ? names.getOrDefault(name, name) : name;
            }
        }));
        return named;
    }

    /**
     * Puts the original's moment in the place of the fixed release's. It is read where it is written, not from the
     * other field's name: Groovy asks the clock once for each, so that the two may differ. Says whether it had to.
     */
    private static boolean stamped(ClassNode before, ClassNode after) {
        Long is = moment(after);
        Long was = moment(before);
        if (is == null || was == null || is.equals(was)) {
            return false;
        }
        replace(after, is, was);
        return true;
    }

    /** The constant that the class initialiser writes into the field of the moment. */
    private static @Nullable Long moment(ClassNode type) {
        for (MethodNode method : type.methods) {
            Long last = null;
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof LdcInsnNode load && load.cst instanceof Long constant) {
                    last = constant;
                } else if (writesMoment(type, node)) {
                    return last;
                }
            }
        }
        return null;
    }

    private static boolean writesMoment(ClassNode type, AbstractInsnNode node) {
        return node.getOpcode() == Opcodes.PUTSTATIC
                && node instanceof FieldInsnNode put
                && put.owner.equals(type.name)
                && put.name.equals(MOMENT);
    }

    private static void replace(ClassNode type, Long is, Long was) {
        type.methods.forEach(method -> method.instructions.forEach(node -> {
            if (node instanceof LdcInsnNode load && is.equals(load.cst)) {
                load.cst = was;
            }
        }));
    }
}
