package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies some statements of a static initialiser into a method of their own. */
final class InitSlice {

    private final MethodNode whole;
    private final LinearCode code;
    private final List<InitStatement> statements;
    private final Map<LabelNode, LabelNode> labels = new HashMap<>();
    private final Set<LabelNode> targets = new HashSet<>();
    private final Map<FrameNode, FrameNode> frames;
    private final MethodNode slice =
            new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    /** What is to be written before the next instruction. */
    private @Nullable FrameNode frame;

    /** Whether anything jumps to the place in the whole that is being looked at. */
    private boolean targeted;

    /** Whether anything jumps to where the next instruction will be. */
    private boolean jumpedTo;

    private InitSlice(MethodNode whole, LinearCode code, List<InitStatement> statements) {
        this.whole = whole;
        this.code = code;
        this.statements = statements;
        this.frames = SliceFrames.full(whole);
        whole.instructions.forEach(node -> {
            if (node instanceof LabelNode label) {
                labels.put(label, new LabelNode());
            }
        });
    }

    static MethodNode of(MethodNode whole, LinearCode code, List<InitStatement> statements) {
        InitSlice slice = new InitSlice(whole, code, statements);
        slice.blocks();
        slice.instructions();
        SliceFrames.forgetDeadLocals(slice.slice);
        return slice.slice;
    }

    private @Nullable InitStatement at(int instruction) {
        for (InitStatement statement : statements) {
            if (statement.holds(instruction)) {
                return statement;
            }
        }
        return null;
    }

    private void blocks() {
        for (TryCatchBlockNode block : whole.tryCatchBlocks) {
            if (at(code.position(block.start)) != null) {
                targets.add(block.handler);
                slice.tryCatchBlocks.add(new TryCatchBlockNode(
                        copy(block.start), copy(block.end), copy(block.handler), block.type));
            }
        }
        for (InitStatement statement : statements) {
            for (int i = statement.start(); i < statement.end(); i++) {
                targets.addAll(LinearCode.targets(code.at(i)));
            }
        }
    }

    private void instructions() {
        int index = 0;
        int last = -1;
        for (AbstractInsnNode node : whole.instructions) {
            if (node instanceof LabelNode label) {
                targeted |= targets.contains(label);
                jumpedTo |= targeted;
                slice.instructions.add(copy(label));
            } else if (node instanceof FrameNode found) {
                frame(found, index);
            } else if (node.getOpcode() >= 0) {
                if (at(index) != null) {
                    writeFrame();
                    slice.instructions.add(node.clone(labels));
                    last = index;
                }
                targeted = false;
                index++;
            } else if (node instanceof LineNumberNode && at(index) != null) {
                slice.instructions.add(node.clone(labels));
            }
        }
        if (jumpedTo || last < 0 || code.goesOn(last)) {
            writeFrame();
            slice.instructions.add(new InsnNode(Opcodes.RETURN));
        }
        slice.maxStack = whole.maxStack;
        slice.maxLocals = whole.maxLocals;
    }

    /** Of frames that come to lie at one place the last one holds for all that jumps there. */
    private void frame(FrameNode found, int index) {
        InitStatement within = at(index);
        boolean inside = within != null && within.start() < index;
        if (inside || targeted) {
            frame = frames.get(found);
        }
    }

    private void writeFrame() {
        FrameNode here = frame;
        if (here != null) {
            slice.instructions.add(here.clone(labels));
        }
        frame = null;
        jumpedTo = false;
    }

    private LabelNode copy(LabelNode label) {
        LabelNode copy = labels.get(label);
        if (copy == null) {
            throw new IllegalArgumentException("a label that is in no instruction list");
        }
        return copy;
    }
}
