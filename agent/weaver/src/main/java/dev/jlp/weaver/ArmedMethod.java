package dev.jlp.weaver;

import dev.jlp.bridge.JlpDispatch;
import dev.jlp.bridge.JlpOutlined;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;

/**
 * A method with both bodies: {@code if (JlpDispatch.enter(transition)) new else old}.
 *
 * <p>The bodies share nothing but the arguments: each keeps its locals, frames and handlers. There is
 * nothing on the ways out, so constructors need no special case: the choice is made before {@code
 * super(...)}, which is legal as long as {@code this} is not touched. A body that does not fit is
 * called where it is instead, by a frame of this method that stays below it.
 */
final class ArmedMethod {

    private static final int HALF_BITS = 15;

    private static final String DISPATCH = Type.getInternalName(JlpDispatch.class);

    private static final String OUTLINED = Type.getInternalName(JlpOutlined.class);
    private static final String HANDLE = "java/lang/invoke/MethodHandle";

    private final String className;
    private final MethodNode shell;
    private final int transition;

    /**
     * An armed method to be.
     *
     * @param shell the method itself: its name, its attributes and, until one of the methods below has
     *     been called, the old body
     */
    ArmedMethod(String className, MethodNode shell, int transition) {
        this.className = className;
        this.shell = shell;
        this.transition = transition;
    }

    /** Both bodies here; takes the instructions out of both. */
    void merge(MethodNode oldBody, MethodNode newBody) {
        newBody.tryCatchBlocks.addAll(0, oldBody.tryCatchBlocks);
        newBody.localVariables = variables(newBody, oldBody);
        newBody.maxLocals = Math.max(oldBody.maxLocals, newBody.maxLocals);
        newBody.maxStack = Math.max(oldBody.maxStack, newBody.maxStack);
        boolean framed = startsWithFrame(oldBody);
        fill(Opcodes.IFEQ, newBody.instructions, framed, oldBody.instructions);
        take(newBody);
    }

    /** The new body here, the old one elsewhere. */
    void splitOld(Outlined oldBody, MethodNode newBody) {
        boolean framed = startsWithFrame(newBody);
        fill(Opcodes.IFNE, call(oldBody), framed, newBody.instructions);
        take(newBody);
    }

    /** The old body here, the new one elsewhere. */
    void splitNew(MethodNode oldBody, Outlined newBody) {
        boolean framed = startsWithFrame(oldBody);
        fill(Opcodes.IFEQ, call(newBody), framed, oldBody.instructions);
        take(oldBody);
    }

    /** Neither of the bodies here. */
    void split(Outlined oldBody, Outlined newBody) {
        fill(Opcodes.IFEQ, call(newBody), false, call(oldBody));
        shell.tryCatchBlocks = new ArrayList<>();
        shell.localVariables = new ArrayList<>();
    }

    private void fill(int jump, InsnList near, boolean framed, InsnList far) {
        LabelNode target = new LabelNode();
        InsnList both = new InsnList();
        pushNumber(both, transition);
        both.add(new MethodInsnNode(Opcodes.INVOKESTATIC, DISPATCH, "enter", "(I)Z", false));
        both.add(new JumpInsnNode(jump, target));
        both.add(near);
        both.add(target);
        if (!framed) {
            both.add(entryFrame(className, shell));
        }
        both.add(far);
        shell.instructions = both;
        shell.maxStack = Math.max(shell.maxStack, 2);
        shell.visibleLocalVariableAnnotations = null;
        shell.invisibleLocalVariableAnnotations = null;
    }

    private void take(MethodNode body) {
        shell.tryCatchBlocks = body.tryCatchBlocks;
        shell.localVariables = body.localVariables;
        shell.maxLocals = Math.max(shell.maxLocals, body.maxLocals);
        shell.maxStack = Math.max(shell.maxStack, body.maxStack);
    }

    /** The names of both bodies' variables: debuggers want them, and what the JVM says of a null. */
    private static List<LocalVariableNode> variables(MethodNode... bodies) {
        List<LocalVariableNode> variables = new ArrayList<>();
        for (MethodNode body : bodies) {
            if (body.localVariables != null) {
                variables.addAll(body.localVariables);
            }
        }
        return variables;
    }

    /** {@code return (type) JlpOutlined.of(ThisClass.class, key).invokeExact(this, arguments...)}. */
    private InsnList call(Outlined body) {
        String descriptor = Outliner.descriptor(className, shell);
        InsnList call = new InsnList();
        call.add(new LdcInsnNode(Type.getObjectType(className)));
        call.add(new LdcInsnNode(body.key()));
        call.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                OUTLINED,
                "of",
                "(Ljava/lang/Class;J)L" + HANDLE + ";",
                false));
        int slot = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            call.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        call.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, HANDLE, "invokeExact", descriptor, false));
        call.add(new InsnNode(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN)));
        shell.maxStack = Math.max(shell.maxStack, Math.max(3, slot + 1));
        return call;
    }

    /**
     * Pushes a number without a constant: redefinition merges the constants of all versions and never
     * drops one, so a number that differs each time would grow the class for ever (T26).
     */
    private static void pushNumber(InsnList code, int number) {
        if (number <= Short.MAX_VALUE) {
            code.add(new IntInsnNode(Opcodes.SIPUSH, number));
            return;
        }
        code.add(new IntInsnNode(Opcodes.SIPUSH, number >>> HALF_BITS));
        code.add(new IntInsnNode(Opcodes.BIPUSH, HALF_BITS));
        code.add(new InsnNode(Opcodes.ISHL));
        code.add(new IntInsnNode(Opcodes.SIPUSH, number & Short.MAX_VALUE));
        code.add(new InsnNode(Opcodes.IOR));
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
