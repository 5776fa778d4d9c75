package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;

/**
 * What an added field would hold in an object that one of the original's constructors made, had the
 * fixed class's constructor of the same parameters made it. Arguments are read from the fields in which
 * the original keeps them.
 */
final class KeptArguments {

    private final ClassNode before;
    private final ClassNode after;
    private final FieldKey field;

    KeptArguments(ClassNode before, ClassNode after, FieldKey field) {
        this.before = before;
        this.after = after;
        this.field = field;
    }

    /** Leaves the value on the stack, with the object in slot 0; null if constructors differ or it can't be told. */
    @Nullable
    List<AbstractInsnNode> value() {
        List<AbstractInsnNode> only = null;
        for (MethodNode old : before.methods) {
            if (!old.name.equals("<init>")) {
                continue;
            }
            List<AbstractInsnNode> value = value(old);
            if (value == null
                    || (only != null
                            && !InitialValue.text(only).equals(InitialValue.text(value)))) {
                return null;
            }
            only = value;
        }
        return only;
    }

    private @Nullable List<AbstractInsnNode> value(MethodNode old) {
        MethodNode fixed = constructor(after, old.desc);
        List<AbstractInsnNode> put = fixed == null ? null : put(fixed);
        if (put == null) {
            return null;
        }
        List<AbstractInsnNode> value = new ArrayList<>();
        for (AbstractInsnNode node : put) {
            if (isArgument(node)) {
                FieldInsnNode keeper = keeper(old, ((VarInsnNode) node).var);
                if (keeper == null) {
                    return null;
                }
                value.add(new VarInsnNode(Opcodes.ALOAD, 0));
                value.add(new FieldInsnNode(
                        Opcodes.GETFIELD, keeper.owner, keeper.name, keeper.desc));
            } else {
                value.add(node);
            }
        }
        return value;
    }

    /** What a constructor of the fixed class puts into the field, with loads of its arguments. */
    private @Nullable List<AbstractInsnNode> put(MethodNode constructor) {
        List<FieldInsnNode> writes = InitialValue.writes(after, constructor, field);
        MethodInsnNode other = InitialValue.delegate(after, constructor);
        if (other == null) {
            return writes.size() == 1 && InitialValue.isCertain(constructor, writes.get(0))
                    ? written(after, constructor, writes.get(0))
                    : null;
        }
        MethodNode next = constructor(after, other.desc);
        List<AbstractInsnNode> inner = next == null || !writes.isEmpty() ? null : put(next);
        return inner == null ? null : passed(inner, constructor, other);
    }

    /** The same with what a constructor passes on in place of arguments. */
    private @Nullable List<AbstractInsnNode> passed(
            List<AbstractInsnNode> inner, MethodNode constructor, MethodInsnNode call) {
        Operands operands = Operands.of(after, constructor, call);
        List<Integer> used = new ArrayList<>();
        List<AbstractInsnNode> value = new ArrayList<>();
        for (AbstractInsnNode node : inner) {
            if (!isArgument(node)) {
                value.add(node);
                continue;
            }
            int slot = ((VarInsnNode) node).var;
            List<AbstractInsnNode> argument =
                    operands == null ? null : operands.get(parameter(call.desc, slot) + 1);
            // What is computed once must not be computed twice.
            if (argument == null || (used.contains(slot) && argument.size() > 1)) {
                return null;
            }
            used.add(slot);
            value.addAll(argument);
        }
        return value;
    }

    /** The write that keeps an argument of a constructor of the original. */
    private @Nullable FieldInsnNode keeper(MethodNode old, int slot) {
        MethodInsnNode other = InitialValue.delegate(before, old);
        if (other != null) {
            Operands operands = Operands.of(before, old, other);
            MethodNode next = constructor(before, other.desc);
            int parameters = Type.getArgumentTypes(other.desc).length;
            for (int i = 0; i < parameters && operands != null && next != null; i++) {
                if (isLoad(operands.get(i + 1), slot)) {
                    return keeper(next, slot(other.desc, i));
                }
            }
            return null;
        }
        Type type = Type.getArgumentTypes(old.desc)[parameter(old.desc, slot)];
        for (FieldNode each : before.fields) {
            List<FieldInsnNode> writes = InitialValue.writes(before, old, FieldKey.of(each));
            if (each.desc.equals(type.getDescriptor())
                    && isStillTheArgument(each)
                    && writes.size() == 1
                    && InitialValue.isCertain(old, writes.get(0))
                    && isLoad(written(before, old, writes.get(0)), slot)) {
                return writes.get(0);
            }
        }
        return null;
    }

    /** A field that nobody can have changed, or that has become the other one. */
    private boolean isStillTheArgument(FieldNode each) {
        return !ClassFiles.has(each.access, Opcodes.ACC_STATIC)
                && (ClassFiles.has(each.access, Opcodes.ACC_FINAL)
                        || after.fields.stream()
                                .noneMatch(other -> other.name.equals(each.name)
                                        && other.desc.equals(each.desc)));
    }

    private static @Nullable List<AbstractInsnNode> written(
            ClassNode type, MethodNode method, FieldInsnNode write) {
        Operands operands = Operands.of(type, method, write);
        return operands != null && isLoad(operands.get(0), 0) ? operands.get(1) : null;
    }

    private static boolean isArgument(AbstractInsnNode node) {
        return node instanceof VarInsnNode load && load.var != 0;
    }

    private static boolean isLoad(@Nullable List<AbstractInsnNode> code, int slot) {
        return code != null
                && code.size() == 1
                && code.get(0) instanceof VarInsnNode load
                && load.var == slot;
    }

    private static @Nullable MethodNode constructor(ClassNode type, String descriptor) {
        return type.methods.stream()
                .filter(each -> each.name.equals("<init>") && each.desc.equals(descriptor))
                .findFirst()
                .orElse(null);
    }

    private static int parameter(String descriptor, int slot) {
        int index = 0;
        while (slot(descriptor, index) != slot) {
            index++;
        }
        return index;
    }

    private static int slot(String descriptor, int parameter) {
        Type[] types = Type.getArgumentTypes(descriptor);
        int slot = 1;
        for (int i = 0; i < parameter; i++) {
            slot += types[i].getSize();
        }
        return slot;
    }
}
