package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/**
 * Bodies for whose sake the verifier loads an added class, as it is taken for one of its superclasses there. The
 * new body of a class is verified before the patch has defined anything, so such a body stands in the
 * companion, which is verified at its first use.
 */
final class AddedHeirs {

    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final World world;
    private boolean found;

    private AddedHeirs(World world) {
        this.world = world;
    }

    /** Whether the verifier needs an added class for a body; constructors can't stand elsewhere. */
    static boolean areNeeded(World world, String owner, MethodNode body) throws BuildProblem {
        if (body.name.startsWith("<") || body.instructions.size() == 0) {
            return false;
        }
        AddedHeirs heirs = new AddedHeirs(world);
        return heirs.areCaught(body) || heirs.areTaken(owner, body);
    }

    private boolean areCaught(MethodNode body) {
        for (TryCatchBlockNode block : body.tryCatchBlocks) {
            if (block.type != null && world.isAdded(block.type)) {
                return true;
            }
        }
        return false;
    }

    private boolean areTaken(String owner, MethodNode body) {
        try {
            Frame<BasicValue>[] frames = new Analyzer<>(new Verifier()).analyze(owner, body);
            int index = 0;
            for (AbstractInsnNode node : body.instructions) {
                Frame<BasicValue> frame = frames[index++];
                if (node.getOpcode() == Opcodes.ATHROW && frame != null) {
                    found |= isAdded(frame.getStack(frame.getStackSize() - 1).getType());
                }
            }
        } catch (AnalyzerException unusual) {
            return true;
        }
        return found;
    }

    private boolean isAdded(Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        return element.getSort() == Type.OBJECT && world.isAdded(element.getInternalName());
    }

    private boolean isInterfaceType(Type type) {
        try {
            ClassNode node =
                    type.getSort() == Type.OBJECT ? world.after(type.getInternalName()) : null;
            return node != null && ClassFiles.has(node.access, Opcodes.ACC_INTERFACE);
        } catch (BuildProblem unreadable) {
            return false;
        }
    }

    /** Takes everything for right, and notes what the JVM's own verifier would load a class for. */
    private final class Verifier extends SimpleVerifier {

        Verifier() {
            super(Opcodes.ASM9, null, null, null, false);
        }

        @Override
        protected boolean isAssignableFrom(Type to, Type from) {
            found |=
                    !to.equals(from) && !to.equals(OBJECT) && isAdded(from) && !isInterfaceType(to);
            return true;
        }

        @Override
        public BasicValue merge(BasicValue one, BasicValue other) {
            if (one.equals(other)) {
                return one;
            }
            if (!one.isReference() || !other.isReference()) {
                return BasicValue.UNINITIALIZED_VALUE;
            }
            if (other.getType().equals(NULL_TYPE)) {
                return one;
            }
            if (one.getType().equals(NULL_TYPE)) {
                return other;
            }
            found |= isAdded(one.getType()) || isAdded(other.getType());
            return new BasicValue(OBJECT);
        }
    }
}
