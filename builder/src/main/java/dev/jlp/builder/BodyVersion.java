package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Brings a body to the class file version of the class that it goes into. */
final class BodyVersion {

    private final ClassNode into;
    private final int from;
    private final int to;

    BodyVersion(ClassNode into, int from) {
        this.into = into;
        this.from = from & 0xFFFF;
        this.to = into.version & 0xFFFF;
    }

    /** Changes the body where need be; a sentence if that version can't say what it says. */
    @Nullable
    String adapt(MethodNode body) {
        if (from == to) {
            return null;
        }
        boolean jumps = !body.tryCatchBlocks.isEmpty();
        for (AbstractInsnNode node : body.instructions.toArray()) {
            jumps |= node instanceof JumpInsnNode;
            if (minimum(node) > to || (node.getOpcode() == Opcodes.JSR && to > 50)) {
                return "the new body uses what class files of version " + to + " do not have";
            }
            if (to < Opcodes.V1_6 && node instanceof FrameNode) {
                body.instructions.remove(node);
            }
            if (to < Opcodes.V11 && node instanceof MethodInsnNode call && isOwnPrivate(call)) {
                call.setOpcode(Opcodes.INVOKESPECIAL);
            }
        }
        if (jumps && from < Opcodes.V1_6 && to > Opcodes.V1_6) {
            return "the new body lacks the verification data of class files of version " + to;
        }
        return null;
    }

    private int minimum(AbstractInsnNode node) {
        if (node.getOpcode() == Opcodes.INVOKEDYNAMIC) {
            return Opcodes.V1_7;
        }
        if (node instanceof MethodInsnNode call) {
            boolean inInterface = call.itf && call.getOpcode() != Opcodes.INVOKEINTERFACE;
            return inInterface ? Opcodes.V1_8 : 0;
        }
        if (node instanceof LdcInsnNode load) {
            if (load.cst instanceof ConstantDynamic) {
                return Opcodes.V11;
            }
            if (load.cst instanceof Handle) {
                return Opcodes.V1_7;
            }
            return load.cst instanceof Type ? Opcodes.V1_5 : 0;
        }
        return 0;
    }

    private boolean isOwnPrivate(MethodInsnNode call) {
        if (!call.owner.equals(into.name) || call.getOpcode() == Opcodes.INVOKESTATIC) {
            return false;
        }
        MethodNode method = ClassFiles.method(into, call.name, call.desc);
        return method != null && ClassFiles.has(method.access, Opcodes.ACC_PRIVATE);
    }
}
