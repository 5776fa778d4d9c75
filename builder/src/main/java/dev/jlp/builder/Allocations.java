package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Allocations of a body, to be taken out where a method makes the object instead. */
final class Allocations {

    private final MethodNode body;
    private final List<AbstractInsnNode> code = new ArrayList<>();
    private final List<AbstractInsnNode> dead = new ArrayList<>();
    private final Set<LabelNode> deadLabels = new HashSet<>();
    private final String owner;
    private final List<Frame<SourceValue>> frames = new ArrayList<>();

    Allocations(String owner, MethodNode body) {
        this.owner = owner;
        this.body = body;
    }

    /** Takes {@code new} and {@code dup} of a constructor call out; false if they aren't found. */
    boolean remove(MethodInsnNode call) {
        if (!analysed()) {
            return false;
        }
        int index = code.indexOf(call);
        Frame<SourceValue> frame = index < 0 ? null : frames.get(index);
        if (frame == null) {
            return false;
        }
        int arguments = Type.getArgumentTypes(call.desc).length;
        Set<AbstractInsnNode> sources = frame.getStack(frame.getStackSize() - 1 - arguments).insns;
        if (sources.size() != 1) {
            return false;
        }
        AbstractInsnNode dup = sources.iterator().next();
        AbstractInsnNode made = previous(dup);
        if (dup.getOpcode() != Opcodes.DUP || made == null || made.getOpcode() != Opcodes.NEW) {
            return false;
        }
        dead.add(dup);
        dead.add(made);
        for (AbstractInsnNode at = made.getPrevious();
                at != null && at.getOpcode() < 0;
                at = at.getPrevious()) {
            if (at instanceof LabelNode label) {
                deadLabels.add(label);
            }
        }
        return true;
    }

    private static @Nullable AbstractInsnNode previous(AbstractInsnNode node) {
        AbstractInsnNode at = node.getPrevious();
        while (at != null && at.getOpcode() < 0) {
            at = at.getPrevious();
        }
        return at;
    }

    /** Where each call was before anything was inserted. */
    private boolean analysed() {
        if (frames.isEmpty()) {
            try {
                frames.addAll(Arrays.asList(
                        new Analyzer<>(new SourceInterpreter()).analyze(owner, body)));
            } catch (AnalyzerException unusual) {
                return false;
            }
            for (AbstractInsnNode node : body.instructions) {
                code.add(node);
            }
        }
        return true;
    }

    /** Takes out what was found, in the code and in the frames between. */
    void finish() {
        dead.forEach(body.instructions::remove);
        if (deadLabels.isEmpty()) {
            return;
        }
        for (AbstractInsnNode node : body.instructions) {
            if (node instanceof FrameNode frame && frame.stack != null) {
                frame.stack.removeIf(deadLabels::contains);
            }
        }
    }
}
