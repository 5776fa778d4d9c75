package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.List;

/**
 * What {@code synchronized} on a method means, written into its body, since a redefinition can't
 * change the flag. The monitor is named by slot 0 or the class each time, so no local is needed.
 */
final class MonitorBody {

    private final ClassNode type;
    private final MethodNode body;
    private final boolean isStatic;

    private MonitorBody(ClassNode type, MethodNode body) {
        this.type = type;
        this.body = body;
        this.isStatic = ClassFiles.has(body.access, Opcodes.ACC_STATIC);
    }

    /** Whether the body can be wrapped: the monitor must be at hand wherever the body ends. */
    static boolean canWrap(ClassNode type, MethodNode body) {
        if (ClassFiles.has(body.access, Opcodes.ACC_STATIC)) {
            return (type.version & 0xFFFF) >= Opcodes.V1_5;
        }
        for (AbstractInsnNode node : body.instructions) {
            if (node instanceof VarInsnNode local
                    && local.var == 0
                    && local.getOpcode() != Opcodes.ALOAD) {
                return false;
            }
        }
        return true;
    }

    /** Wraps the body in place. */
    static void wrap(ClassNode type, MethodNode body) {
        new MonitorBody(type, body).wrap();
    }

    private void wrap() {
        for (AbstractInsnNode node : body.instructions.toArray()) {
            int opcode = node.getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                body.instructions.insertBefore(node, monitor(Opcodes.MONITOREXIT));
            }
        }
        LabelNode start = new LabelNode();
        LabelNode handler = new LabelNode();
        InsnList enter = monitor(Opcodes.MONITORENTER);
        enter.add(start);
        body.instructions.insert(enter);
        body.instructions.add(handler);
        if ((type.version & 0xFFFF) >= Opcodes.V1_6) {
            Object[] locals = isStatic ? new Object[0] : new Object[] {type.name};
            body.instructions.add(new FrameNode(
                    Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"}));
        }
        body.instructions.add(monitor(Opcodes.MONITOREXIT));
        body.instructions.add(new InsnNode(Opcodes.ATHROW));
        body.tryCatchBlocks.add(new TryCatchBlockNode(start, handler, handler, null));
        body.localVariables = List.of();
        body.visibleLocalVariableAnnotations = null;
        body.invisibleLocalVariableAnnotations = null;
        body.maxStack = Math.max(body.maxStack + 1, 2);
    }

    private InsnList monitor(int opcode) {
        InsnList code = new InsnList();
        code.add(
                isStatic
                        ? new LdcInsnNode(Type.getObjectType(type.name))
                        : new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InsnNode(opcode));
        return code;
    }
}
