package dev.jlp.weaver;

import dev.jlp.bridge.JlpDispatch;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.List;

/**
 * A method with both bodies: {@code if (JlpDispatch.enter(transition)) new else old}.
 *
 * <p>The bodies share nothing but the arguments: each keeps its locals, frames and handlers. There is
 * nothing on the ways out, so constructors need no special case: the choice is made before {@code
 * super(...)}, which is legal as long as {@code this} is not touched.
 */
final class ArmedMethod {

    private static final String DISPATCH = Type.getInternalName(JlpDispatch.class);

    private ArmedMethod() {}

    /** Merges two bodies of one method; takes the instructions out of both. */
    static MethodNode merge(
            String className, MethodNode oldBody, MethodNode newBody, int transition) {
        LabelNode old = new LabelNode();
        boolean oldStartsWithFrame = startsWithFrame(oldBody);
        InsnList both = new InsnList();
        both.add(new LdcInsnNode(transition));
        both.add(new MethodInsnNode(Opcodes.INVOKESTATIC, DISPATCH, "enter", "(I)Z", false));
        both.add(new JumpInsnNode(Opcodes.IFEQ, old));
        both.add(newBody.instructions);
        both.add(old);
        if (!oldStartsWithFrame) {
            both.add(entryFrame(className, oldBody));
        }
        both.add(oldBody.instructions);
        oldBody.instructions = both;
        oldBody.tryCatchBlocks.addAll(newBody.tryCatchBlocks);
        oldBody.maxLocals = Math.max(oldBody.maxLocals, newBody.maxLocals);
        oldBody.maxStack = Math.max(1, Math.max(oldBody.maxStack, newBody.maxStack));
        oldBody.localVariables = null;
        oldBody.visibleLocalVariableAnnotations = null;
        oldBody.invisibleLocalVariableAnnotations = null;
        return oldBody;
    }

    /** Class files before 50 have no frames. */
    static void dropFrames(MethodNode method) {
        for (AbstractInsnNode each : method.instructions.toArray()) {
            if (each instanceof FrameNode) {
                method.instructions.remove(each);
            }
        }
    }

    private static boolean startsWithFrame(MethodNode body) {
        AbstractInsnNode first = body.instructions.getFirst();
        while (first != null && first.getOpcode() < 0) {
            if (first instanceof FrameNode) {
                return true;
            }
            first = first.getNext();
        }
        return false;
    }

    /** What every verifier knows at the start of a method: its arguments. */
    private static FrameNode entryFrame(String className, MethodNode method) {
        List<Object> locals = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(method.name.equals("<init>") ? Opcodes.UNINITIALIZED_THIS : className);
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            locals.add(frameType(argument));
        }
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    private static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }
}
