package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes of a constructor to fields of its object before the object is one: what an inner class captures. A
 * method can't be given such an object, so they wait in locals until {@code super(...)} has returned.
 */
final class EarlyWrites {

    private final MethodNode body;
    private final @Nullable AbstractInsnNode superCall;
    private final Set<AbstractInsnNode> early = new HashSet<>();
    private final InsnList delayed = new InsnList();

    EarlyWrites(MethodNode body) {
        this.body = body;
        this.superCall = body.name.equals("<init>") ? superCall(body) : null;
        for (AbstractInsnNode node : body.instructions) {
            if (superCall == null || node == superCall) {
                break;
            }
            if (node.getOpcode() == Opcodes.PUTFIELD) {
                early.add(node);
            }
        }
    }

    /** The call of the constructor that this one builds on. */
    static @Nullable MethodInsnNode superCall(MethodNode body) {
        int made = 0;
        for (AbstractInsnNode node : body.instructions) {
            if (node.getOpcode() == Opcodes.NEW) {
                made++;
            } else if (node instanceof MethodInsnNode call && call.name.equals("<init>")) {
                if (made == 0) {
                    return call;
                }
                made--;
            }
        }
        return null;
    }

    boolean isEarly(FieldInsnNode write) {
        return early.contains(write);
    }

    /** Has the setter run later. */
    void delay(FieldInsnNode write, AbstractInsnNode setter) {
        Type type = Type.getType(write.desc);
        int local = body.maxLocals;
        body.maxLocals += type.getSize();
        InsnList store = new InsnList();
        store.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local));
        store.add(new InsnNode(Opcodes.POP));
        body.instructions.insertBefore(write, store);
        keep(write, local, type);
        body.instructions.remove(write);
        delayed.add(new VarInsnNode(Opcodes.ALOAD, 0));
        delayed.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
        delayed.add(setter);
    }

    /** Frames on the way to the super constructor know the local. */
    private void keep(AbstractInsnNode from, int local, Type type) {
        for (AbstractInsnNode node = from;
                node != null && node != superCall;
                node = node.getNext()) {
            if (node instanceof FrameNode frame) {
                List<Object> types = frame.local == null ? new ArrayList<>() : frame.local;
                List<Object> extended = new ArrayList<>(types);
                int slots = 0;
                for (Object one : types) {
                    slots += one == Opcodes.LONG || one == Opcodes.DOUBLE ? 2 : 1;
                }
                for (; slots < local; slots++) {
                    extended.add(Opcodes.TOP);
                }
                extended.add(Code.frameType(type));
                frame.local = extended;
            }
        }
    }

    void finish() {
        if (superCall != null && delayed.size() > 0) {
            AbstractInsnNode place = superCall;
            AbstractInsnNode next = place.getNext();
            if (next instanceof MethodInsnNode end && end.name.equals("end$")) {
                place = end;
            }
            body.instructions.insert(place, delayed);
        }
    }
}
