package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

import java.util.ArrayList;
import java.util.List;

/**
 * The code that computes what an instruction of a constructor takes from the stack, the object first, as
 * far as it is plain: without branches, and with no other variables than parameters that keep their value.
 */
final class Operands {

    private final MethodNode method;
    private final InsnList code;
    private final Frame<BasicValue>[] frames;
    private final int end;
    private final int count;

    private Operands(
            MethodNode method, Frame<BasicValue>[] frames, AbstractInsnNode taker, int count) {
        this.method = method;
        this.code = method.instructions;
        this.frames = frames;
        this.end = code.indexOf(taker);
        this.count = count;
    }

    /** Of a write of a field. */
    static @Nullable Operands of(ClassNode type, MethodNode method, FieldInsnNode write) {
        return of(type, method, write, 2);
    }

    /** Of a call. */
    static @Nullable Operands of(ClassNode type, MethodNode method, MethodInsnNode call) {
        return of(type, method, call, 1 + Type.getArgumentTypes(call.desc).length);
    }

    /** Null for what nobody reaches. */
    private static @Nullable Operands of(
            ClassNode type, MethodNode method, AbstractInsnNode taker, int count) {
        try {
            Frame<BasicValue>[] frames =
                    new Analyzer<>(new BasicInterpreter()).analyze(type.name, method);
            Operands operands = new Operands(method, frames, taker, count);
            return frames[operands.end] == null ? null : operands;
        } catch (AnalyzerException unusual) {
            return null;
        }
    }

    /** The code for one of them; null if it is not plain. */
    @Nullable
    List<AbstractInsnNode> get(int index) {
        int from = start(index);
        int to = index + 1 == count ? end : start(index + 1);
        if (from < 0 || to < 0) {
            return null;
        }
        List<AbstractInsnNode> operand = new ArrayList<>();
        for (int i = from; i < to; i++) {
            AbstractInsnNode node = code.get(i);
            if (InitialValue.targets(method).contains(node)
                    || !(InitialValue.isPlain(node) || isParameter(node))) {
                return null;
            }
            if (node.getOpcode() >= 0) {
                operand.add(node);
            }
        }
        return operand;
    }

    /** The last instruction that finds just the operands before this one on the stack. */
    private int start(int index) {
        int height = frames[end].getStackSize() - count + index;
        for (int i = end - 1; i >= 0; i--) {
            if (code.get(i).getOpcode() >= 0
                    && frames[i] != null
                    && frames[i].getStackSize() == height) {
                return i;
            }
        }
        return -1;
    }

    /** A load of a parameter that is never written. */
    private boolean isParameter(AbstractInsnNode node) {
        if (!(node instanceof VarInsnNode load)
                || load.getOpcode() > Opcodes.ALOAD
                || load.var >= Type.getArgumentsAndReturnSizes(method.desc) >> 2) {
            return false;
        }
        for (AbstractInsnNode each : code) {
            if ((each instanceof VarInsnNode write
                            && write.getOpcode() >= Opcodes.ISTORE
                            && write.var == load.var)
                    || (each instanceof IincInsnNode count && count.var == load.var)) {
                return false;
            }
        }
        return true;
    }
}
