package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Compile-time constants with new values. javac copies them into the bodies that name them, so the
 * fixed release has changed bodies whose source did not change.
 */
final class ChangedConstants {

    private record Value(Object before, Object after) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    private ChangedConstants() {}

    static ChangedConstants of(Collection<ClassDiff> classes) {
        ChangedConstants constants = new ChangedConstants();
        for (ClassDiff diff : classes) {
            for (FieldNode before : diff.before().fields) {
                for (FieldNode after : diff.after().fields) {
                    if (before.name.equals(after.name) && before.desc.equals(after.desc)) {
                        constants.add(diff.name(), before.name, before.value, after.value);
                    }
                }
            }
        }
        return constants;
    }

    private void add(String owner, String name, @Nullable Object before, @Nullable Object after) {
        if (before != null && after != null && !before.equals(after)) {
            values.put(owner.replace('/', '.') + "." + name, new Value(before, after));
        }
    }

    /** Marks bodies that had an old value and have the new one instead. */
    void mark(ClassDiff diff) {
        if (values.isEmpty()) {
            return;
        }
        diff.bodies().forEach((id, body) -> {
            MethodNode original = ClassFiles.method(diff.before(), id.name(), id.descriptor());
            if (original != null) {
                mark(diff, id, pushed(original), pushed(body));
            }
        });
    }

    private void mark(ClassDiff diff, MethodId id, Set<Object> before, Set<Object> after) {
        values.forEach((name, value) -> {
            if (before.contains(value.before())
                    && !before.contains(value.after())
                    && after.contains(value.after())) {
                diff.care(
                        id,
                        "it was compiled with the new value of the constant '" + name
                                + "', whose field keeps the old one");
            }
        });
    }

    private static Set<Object> pushed(MethodNode body) {
        Set<Object> constants = new HashSet<>();
        for (AbstractInsnNode node : body.instructions) {
            int opcode = node.getOpcode();
            if (node instanceof LdcInsnNode load) {
                constants.add(load.cst);
            } else if (node instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
                constants.add(push.operand);
            } else if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
                constants.add(opcode - Opcodes.ICONST_0);
            }
        }
        return constants;
    }
}
