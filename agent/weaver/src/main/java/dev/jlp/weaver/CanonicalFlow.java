package dev.jlp.weaver;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Finds constants that are stored into a local and never read. javac stores a constant variable
 * only when it also writes the table of variables for debuggers.
 */
final class CanonicalFlow {

    private final MethodNode method;
    private final List<AbstractInsnNode> all;
    private final Map<LabelNode, Integer> positions;

    CanonicalFlow(
            MethodNode method, List<AbstractInsnNode> all, Map<LabelNode, Integer> positions) {
        this.method = method;
        this.all = all;
        this.positions = positions;
    }

    /** Positions of the pushes and stores that nobody would miss. */
    BitSet unreadConstants() {
        BitSet unread = new BitSet();
        BitSet targets = null;
        for (int i = 1; i < all.size(); i++) {
            if (!(all.get(i) instanceof VarInsnNode store)
                    || !isStore(store)
                    || !isPlainConstant(all.get(i - 1))) {
                continue;
            }
            if (targets == null) {
                targets = targets();
            }
            if (!targets.get(i) && !isRead(store, i + 1)) {
                unread.set(i - 1, i + 1);
            }
        }
        return unread;
    }

    private static boolean isPlainConstant(AbstractInsnNode node) {
        Object constant = CanonicalCode.constant(node);
        return constant instanceof String || constant instanceof Number;
    }

    private static boolean isStore(VarInsnNode node) {
        return node.getOpcode() >= Opcodes.ISTORE && node.getOpcode() <= Opcodes.ASTORE;
    }

    /** Positions that something jumps to. */
    BitSet targets() {
        BitSet targets = new BitSet();
        for (AbstractInsnNode node : all) {
            jumps(node).forEach(label -> targets.set(position(label)));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            targets.set(position(block.handler));
        }
        return targets;
    }

    private static List<LabelNode> jumps(AbstractInsnNode node) {
        if (node instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        List<LabelNode> labels = new ArrayList<>();
        if (node instanceof TableSwitchInsnNode table) {
            labels.addAll(table.labels);
            labels.add(table.dflt);
        } else if (node instanceof LookupSwitchInsnNode lookup) {
            labels.addAll(lookup.labels);
            labels.add(lookup.dflt);
        }
        return labels;
    }

    /** Whether any way from a position reads what was stored before something else is stored. */
    private boolean isRead(VarInsnNode store, int from) {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(from);
        while (!open.isEmpty()) {
            int at = open.pop();
            if (at >= all.size() || seen.get(at)) {
                continue;
            }
            seen.set(at);
            AbstractInsnNode node = all.get(at);
            if (reads(node, store) || node.getOpcode() == Opcodes.JSR) {
                return true;
            }
            if (node instanceof VarInsnNode other && isStore(other) && other.var == store.var) {
                continue;
            }
            followers(node, at).forEach(open::push);
        }
        return false;
    }

    private static boolean reads(AbstractInsnNode node, VarInsnNode store) {
        if (node instanceof IincInsnNode increment) {
            return increment.var == store.var;
        }
        return node instanceof VarInsnNode local && !isStore(local) && local.var == store.var;
    }

    private List<Integer> followers(AbstractInsnNode node, int at) {
        List<Integer> next = new ArrayList<>();
        jumps(node).forEach(label -> next.add(position(label)));
        int opcode = node.getOpcode();
        boolean ends = opcode == Opcodes.GOTO
                || opcode == Opcodes.ATHROW
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH
                || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
        if (!ends) {
            next.add(at + 1);
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (position(block.start) <= at && at < position(block.end)) {
                next.add(position(block.handler));
            }
        }
        return next;
    }

    private int position(LabelNode label) {
        Integer position = positions.get(label);
        if (position == null) {
            throw new IllegalArgumentException("a label that is in no instruction list");
        }
        return position;
    }
}
