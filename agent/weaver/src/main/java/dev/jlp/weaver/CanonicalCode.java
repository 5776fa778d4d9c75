package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instructions of a method that count: without those that do nothing, without constants stored
 * for the debugger only, and without the reference to the outer instance that only some javacs
 * keep when nobody reads it.
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
        BitSet dropped = new CanonicalFlow(method, all, positions).unreadConstants();
        if (method.name.equals("<init>")) {
            dropOuterThis(type, all, positions, dropped);
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

    /** Drops {@code this.this$0 = outer}, unless the class itself reads the field. */
    private static void dropOuterThis(
            CanonicalClass type,
            List<AbstractInsnNode> all,
            Map<LabelNode, Integer> positions,
            BitSet dropped) {
        for (int i = 2; i < all.size(); i++) {
            if (all.get(i) instanceof FieldInsnNode store
                    && store.getOpcode() == Opcodes.PUTFIELD
                    && store.owner.equals(type.type().name)
                    && store.name.startsWith("this$")
                    && all.get(i - 1) instanceof VarInsnNode value
                    && value.getOpcode() == Opcodes.ALOAD
                    && all.get(i - 2) instanceof VarInsnNode self
                    && self.getOpcode() == Opcodes.ALOAD
                    && self.var == 0
                    && !positions.containsValue(i)
                    && !positions.containsValue(i - 1)
                    && isSynthetic(type, store.name)
                    && !isRead(type, store.name)) {
                dropped.set(i - 2, i + 1);
            }
        }
    }

    private static boolean isSynthetic(CanonicalClass type, String field) {
        for (FieldNode own : type.type().fields) {
            if (own.name.equals(field)) {
                return (own.access & Opcodes.ACC_SYNTHETIC) != 0;
            }
        }
        return false;
    }

    private static boolean isRead(CanonicalClass type, String field) {
        for (MethodNode method : type.type().methods) {
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof FieldInsnNode read
                        && read.getOpcode() == Opcodes.GETFIELD
                        && read.name.equals(field)
                        && read.owner.equals(type.type().name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
