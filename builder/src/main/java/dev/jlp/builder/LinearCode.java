package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real instructions of a method, numbered, and where control goes from each. */
final class LinearCode {

    /**
     * A stretch of code and its handler, by instruction.
     *
     * @param start the first instruction that is covered
     * @param end the first that is not covered any more
     * @param handler where it goes on
     */
    record Range(int start, int end, int handler) {}

    private final List<AbstractInsnNode> instructions = new ArrayList<>();
    private final Map<LabelNode, Integer> positions = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    LinearCode(MethodNode method) {
        int line = 0;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LabelNode label) {
                positions.put(label, instructions.size());
            } else if (node instanceof LineNumberNode number) {
                line = number.line;
            } else if (node.getOpcode() >= 0) {
                instructions.add(node);
                lines.add(line);
            }
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            ranges.add(
                    new Range(position(block.start), position(block.end), position(block.handler)));
        }
    }

    int size() {
        return instructions.size();
    }

    AbstractInsnNode at(int index) {
        return instructions.get(index);
    }

    /** The line of the source; 0 if it is not known. */
    int line(int index) {
        return lines.get(index);
    }

    List<Range> ranges() {
        return ranges;
    }

    /** The number of the instruction that follows a label; the size of the code at its end. */
    int position(LabelNode label) {
        Integer position = positions.get(label);
        if (position == null) {
            throw new IllegalArgumentException("a label that is in no instruction list");
        }
        return position;
    }

    /** Where an instruction may jump to; nothing if it only goes on. */
    List<Integer> jumps(int index) {
        return targets(at(index)).stream().map(this::position).toList();
    }

    /** Where control may be after an instruction that throws nothing. */
    List<Integer> followers(int index) {
        List<Integer> next = new ArrayList<>(jumps(index));
        if (goesOn(index) && index + 1 < size()) {
            next.add(index + 1);
        }
        return next;
    }

    /** Whether the next instruction may follow. */
    boolean goesOn(int index) {
        int opcode = at(index).getOpcode();
        return opcode != Opcodes.GOTO
                && opcode != Opcodes.ATHROW
                && opcode != Opcodes.TABLESWITCH
                && opcode != Opcodes.LOOKUPSWITCH
                && !(opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
    }

    /** The labels that an instruction may jump to. */
    static List<LabelNode> targets(AbstractInsnNode node) {
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
}
