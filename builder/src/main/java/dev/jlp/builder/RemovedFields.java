package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.List;
import java.util.Map;

/**
 * Instance fields that the fixed release does not have. Objects that its constructors make are left to the
 * original's code when the patch is taken back, so they get there what the original's constructors put there, as far
 * as making it does nothing else: constants, arguments, collections.
 */
final class RemovedFields {

    private final ClassNode before;
    private final ClassNode after;

    RemovedFields(ClassNode before, ClassNode after) {
        this.before = before;
        this.after = after;
    }

    /** Whether every object that the fixed release makes has in the field what the original would have put there. */
    boolean isKept(FieldNode field) {
        FieldKey key = FieldKey.of(field);
        if (ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
            return true;
        }
        for (MethodNode constructor : after.methods) {
            if (constructor.name.equals("<init>") && value(constructor, key) == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets a constructor of the fixed release set them, too, as soon as there is an object. The names are the
     * original's, whatever the fixed release means by them.
     */
    void keep(MethodNode constructor) {
        MethodInsnNode first = InitialValue.first(constructor);
        boolean delegates = InitialValue.delegate(after, constructor) != null;
        if (first == null || (delegates && isOtherwise(constructor))) {
            return; // the constructor that it calls does
        }
        InsnList writes = new InsnList();
        for (FieldNode field : before.fields) {
            FieldKey key = FieldKey.of(field);
            List<AbstractInsnNode> value = isRemoved(field) ? value(constructor, key) : null;
            if (value != null && !value.isEmpty()) {
                writes.add(new VarInsnNode(Opcodes.ALOAD, 0));
                value.forEach(node -> writes.add(node.clone(Map.of())));
                writes.add(new FieldInsnNode(
                        Opcodes.PUTFIELD, before.name, key.name(), key.descriptor()));
                constructor.maxStack = Math.max(constructor.maxStack, 2 * value.size() + 2);
            }
        }
        constructor.instructions.insert(first, writes);
    }

    private boolean isRemoved(FieldNode field) {
        return !ClassFiles.has(field.access, Opcodes.ACC_STATIC)
                && after.fields.stream()
                        .noneMatch(other -> FieldKey.of(other).equals(FieldKey.of(field)));
    }

    /** Whether one of the releases' constructors calls another one of its class and the other does not. */
    private boolean isOtherwise(MethodNode constructor) {
        MethodNode old = ClassFiles.method(before, constructor.name, constructor.desc);
        return old == null
                || (InitialValue.delegate(before, old) == null)
                        != (InitialValue.delegate(after, constructor) == null);
    }

    /** Empty for the type's default; null if it can't be told, or making it could do something else. */
    private @Nullable List<AbstractInsnNode> value(MethodNode constructor, FieldKey field) {
        if (isOtherwise(constructor)) {
            return common(field);
        }
        MethodNode old = ClassFiles.method(before, constructor.name, constructor.desc);
        List<FieldInsnNode> writes =
                old == null ? List.of() : InitialValue.writes(before, old, field);
        if (old == null || writes.isEmpty()) {
            return List.of();
        }
        if (writes.size() > 1 || !InitialValue.isCertain(old, writes.get(0))) {
            return null;
        }
        Operands operands = Operands.of(before, old, writes.get(0));
        List<AbstractInsnNode> value = operands == null ? null : operands.get(1);
        return value != null && isHarmless(value) ? value : null;
    }

    /** What all constructors of the original put there. */
    private @Nullable List<AbstractInsnNode> common(FieldKey field) {
        InitialValue all = InitialValue.of(before, field);
        return all.kind() == InitialValue.Kind.SAME_FOR_ALL && isHarmless(all.code())
                ? all.code()
                : null;
    }

    /** Whether it can't fail, and is seen by nobody. */
    private static boolean isHarmless(List<AbstractInsnNode> code) {
        boolean takesArguments = code.stream().anyMatch(VarInsnNode.class::isInstance);
        for (AbstractInsnNode node : code) {
            int opcode = node.getOpcode();
            boolean pure = (opcode <= Opcodes.LDC && !isNamed(node))
                    || (opcode >= Opcodes.POP && opcode <= Opcodes.DMUL)
                    || (opcode >= Opcodes.INEG && opcode <= Opcodes.LXOR)
                    || (opcode >= Opcodes.I2L && opcode <= Opcodes.I2S)
                    || (node instanceof VarInsnNode load && load.var != 0);
            if (!pure && (takesArguments || !isMade(node))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a constant that has to be found first. */
    private static boolean isNamed(AbstractInsnNode node) {
        return node instanceof LdcInsnNode constant
                && !(constant.cst instanceof Number || constant.cst instanceof String);
    }

    private static boolean isMade(AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            return CallEffects.makesOnly(call);
        }
        if (node instanceof FieldInsnNode read) {
            return read.getOpcode() == Opcodes.GETSTATIC && read.owner.startsWith("java/");
        }
        if (node instanceof LdcInsnNode constant) {
            return constant.cst instanceof Type;
        }
        int opcode = node.getOpcode();
        return (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)
                || opcode == Opcodes.NEW
                || opcode == Opcodes.NEWARRAY
                || opcode == Opcodes.ANEWARRAY;
    }
}
