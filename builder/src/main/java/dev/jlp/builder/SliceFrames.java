package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames for a part of a static initialiser: those of the whole, without locals that the part does
 * not read any more.
 */
final class SliceFrames {

    private SliceFrames() {}

    /** Each frame of a method without arguments, in full. */
    static Map<FrameNode, FrameNode> full(MethodNode method) {
        Map<FrameNode, FrameNode> frames = new HashMap<>();
        List<Object> locals = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode frame) {
                List<Object> named = frame.local == null ? List.of() : frame.local;
                switch (frame.type) {
                    case Opcodes.F_APPEND -> locals.addAll(named);
                    case Opcodes.F_CHOP ->
                        locals = new ArrayList<>(locals.subList(0, locals.size() - named.size()));
                    case Opcodes.F_NEW, Opcodes.F_FULL -> locals = new ArrayList<>(named);
                    default -> {}
                }
                List<Object> stack = frame.stack == null ? List.of() : frame.stack;
                frames.put(frame, frame(locals, stack));
            }
        }
        return frames;
    }

    private static FrameNode frame(List<Object> locals, List<Object> stack) {
        return new FrameNode(
                Opcodes.F_FULL, locals.size(), locals.toArray(), stack.size(), stack.toArray());
    }

    /** Takes from the full frames of a method the locals that it does not read afterwards. */
    static void forgetDeadLocals(MethodNode method) {
        LinearCode code = new LinearCode(method);
        BitSet[] live = live(code);
        int index = 0;
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node instanceof FrameNode frame) {
                BitSet here = index < code.size() ? live[index] : new BitSet();
                method.instructions.set(frame, frame(locals(frame.local, here), stack(frame)));
            } else if (node.getOpcode() >= 0) {
                index++;
            }
        }
    }

    private static List<Object> stack(FrameNode frame) {
        return frame.stack == null ? List.of() : frame.stack;
    }

    private static List<Object> locals(@Nullable List<Object> full, BitSet live) {
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        for (Object type : full == null ? List.of() : full) {
            boolean wide = type.equals(Opcodes.LONG) || type.equals(Opcodes.DOUBLE);
            locals.add(live.get(slot) ? type : Opcodes.TOP);
            if (wide && !live.get(slot)) {
                locals.add(Opcodes.TOP);
            }
            slot += wide ? 2 : 1;
        }
        while (!locals.isEmpty() && locals.get(locals.size() - 1).equals(Opcodes.TOP)) {
            locals.remove(locals.size() - 1);
        }
        return locals;
    }

    /** For each instruction the locals that are read from there on before they are stored. */
    private static BitSet[] live(LinearCode code) {
        BitSet[] live = new BitSet[code.size()];
        for (int i = 0; i < live.length; i++) {
            live[i] = new BitSet();
        }
        boolean more = true;
        while (more) {
            more = false;
            for (int i = live.length - 1; i >= 0; i--) {
                BitSet here = before(code, i, live);
                more |= !here.equals(live[i]);
                live[i] = here;
            }
        }
        return live;
    }

    private static BitSet before(LinearCode code, int index, BitSet[] live) {
        BitSet here = new BitSet();
        code.followers(index).stream()
                .filter(next -> next < live.length)
                .forEach(next -> here.or(live[next]));
        AbstractInsnNode node = code.at(index);
        if (node instanceof VarInsnNode local) {
            here.set(local.var, node.getOpcode() < Opcodes.ISTORE);
        } else if (node instanceof IincInsnNode increment) {
            here.set(increment.var);
        }
        for (LinearCode.Range range : code.ranges()) {
            if (range.start() <= index && index < range.end()) {
                here.or(live[range.handler()]);
            }
        }
        return here;
    }
}
