package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which locks a body takes, as far as it says, in the order of its code. */
final class Locks {

    private static final String EXPLICIT = "java/util/concurrent/locks/";
    private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly", "tryLock");

    private Locks() {}

    static List<String> of(MethodNode method) {
        List<String> locks = new ArrayList<>();
        if (ClassFiles.has(method.access, Opcodes.ACC_SYNCHRONIZED)) {
            locks.add("'synchronized'");
        }
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() == Opcodes.MONITORENTER) {
                locks.add(text(method, source(node)));
            } else if (node instanceof MethodInsnNode call
                    && call.owner.startsWith(EXPLICIT)
                    && TAKES.contains(call.name)) {
                locks.add(text(method, source(node)));
            }
        }
        return locks;
    }

    /** What puts the lock on the stack; in front of it a compiler keeps a copy. */
    private static @Nullable AbstractInsnNode source(AbstractInsnNode taking) {
        AbstractInsnNode node = taking.getPrevious();
        while (node != null
                && (node.getOpcode() < 0
                        || node.getOpcode() == Opcodes.DUP
                        || node.getOpcode() == Opcodes.ASTORE)) {
            node = node.getPrevious();
        }
        return node;
    }

    private static String text(MethodNode method, @Nullable AbstractInsnNode source) {
        if (source instanceof VarInsnNode variable) {
            boolean isThis =
                    variable.var == 0 && !ClassFiles.has(method.access, Opcodes.ACC_STATIC);
            return isThis ? "this" : "a local variable";
        }
        if (source instanceof FieldInsnNode field) {
            return "the field '" + field.name + "'";
        }
        if (source instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
            return type.getClassName() + ".class";
        }
        return source instanceof MethodInsnNode call
                ? "what '" + call.name + "' returns"
                : "an expression";
    }
}
