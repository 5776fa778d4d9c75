package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instructions of a method that count: without those that do nothing, without constants stored
 * for the debugger only, and with captured values stored in one order.
 */
final class CanonicalCode {

    /**
     * One handler of a stretch of code.
     *
     * @param index of its first instruction
     * @param type what it catches, null for everything
     */
    record Handler(int index, @Nullable String type) {}

    private record Range(int start, int end, Handler handler) {}

    private final List<AbstractInsnNode> instructions = new ArrayList<>();
    private final Map<LabelNode, Integer> labels = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();

    CanonicalCode(CanonicalClass type, MethodNode method) {
        List<AbstractInsnNode> all = new ArrayList<>();
        Map<LabelNode, Integer> positions = new HashMap<>();
        for (AbstractInsnNode node = method.instructions.getFirst();
                node != null;
                node = node.getNext()) {
            if (node instanceof LabelNode label) {
                positions.put(label, all.size());
            } else if (node.getOpcode() > Opcodes.NOP) {
                all.add(node);
            }
        }
        CanonicalFlow flow = new CanonicalFlow(method, all, positions);
        BitSet dropped = flow.unreadConstants();
        if (method.name.equals("<init>")) {
            new CanonicalPrologue(type, all, flow.targets()).normalise(dropped);
        }
        int[] index = new int[all.size() + 1];
        for (int i = 0; i < all.size(); i++) {
            index[i] = instructions.size();
            if (!dropped.get(i)) {
                instructions.add(all.get(i));
            }
        }
        index[all.size()] = instructions.size();
        positions.forEach((label, position) -> labels.put(label, index[position]));
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int start = index(block.start);
            int end = index(block.end);
            if (start < end) {
                ranges.add(new Range(start, end, new Handler(index(block.handler), block.type)));
            }
        }
    }

    List<AbstractInsnNode> instructions() {
        return instructions;
    }

    int index(LabelNode label) {
        Integer index = labels.get(label);
        if (index == null) {
            throw new IllegalArgumentException("a label that is in no instruction list");
        }
        return index;
    }

    /** The handlers that are tried for an instruction, without those that are never reached. */
    List<Handler> handlersAt(int index) {
        List<Handler> handlers = new ArrayList<>();
        for (Range range : ranges) {
            Handler next = range.handler();
            if (range.start() > index || range.end() <= index || catches(handlers, next.type())) {
                continue;
            }
            handlers.add(next);
        }
        return handlers;
    }

    private static boolean catches(List<Handler> earlier, @Nullable String type) {
        return earlier.stream().anyMatch(h -> h.type() == null || h.type().equals(type));
    }

    /** The number or string that an instruction pushes, null if it does anything else. */
    static @Nullable Object constant(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof LdcInsnNode load) {
            return load.cst;
        }
        if (node instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
            return push.operand;
        }
        if (!(node instanceof InsnNode)) {
            return null;
        }
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
            return (long) (opcode - Opcodes.LCONST_0);
        }
        if (opcode >= Opcodes.FCONST_0 && opcode <= Opcodes.FCONST_2) {
            return (float) (opcode - Opcodes.FCONST_0);
        }
        if (opcode == Opcodes.DCONST_0 || opcode == Opcodes.DCONST_1) {
            return (double) (opcode - Opcodes.DCONST_0);
        }
        return null;
    }
}
