package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A class that was final, with what added subclasses bring: its methods ask their object's kind first. */
final class FlattenedInto {

    private static final String OWN = "own$";

    private final ClassNode type;
    private final ClassNode before;
    private final Hierarchy hierarchy;
    private final List<Flattened> kinds;

    /**
     * Changes a class of the fixed release in place.
     *
     * @param before the same class as the original has it
     */
    FlattenedInto(ClassNode type, ClassNode before, Hierarchy hierarchy, List<Flattened> kinds) {
        this.type = type;
        this.before = before;
        this.hierarchy = hierarchy;
        this.kinds = kinds;
    }

    void take() throws BuildProblem {
        type.fields.add(new FieldNode(
                Opcodes.ASM9,
                Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_TRANSIENT,
                Flattened.KIND,
                "I",
                null,
                null));
        SortedSet<MethodId> asking = new TreeSet<>();
        kinds.forEach(kind -> asking.addAll(kind.overriding()));
        for (Flattened kind : kinds) {
            members(kind, asking);
        }
        for (MethodId id : asking) {
            type.methods.add(asking(id));
        }
        for (Flattened kind : kinds) {
            type.methods.add(test(kind));
            type.methods.add(cast(kind));
        }
    }

    private void members(Flattened kind, SortedSet<MethodId> asking) throws BuildProblem {
        for (FieldNode field : kind.type().fields) {
            if (!ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
                type.fields.add(new FieldNode(
                        field.access,
                        kind.member(field.name),
                        field.desc,
                        field.signature,
                        field.value));
            }
        }
        for (MethodNode declared : kind.type().methods) {
            if (ClassFiles.has(declared.access, Opcodes.ACC_STATIC)) {
                continue;
            }
            MethodNode method = ClassFiles.copy(declared);
            superCalls(method, asking);
            method.localVariables = null;
            if (method.name.equals("<init>")) {
                constructor(kind, method);
            } else {
                method.access = Opcodes.ACC_PRIVATE
                        | Opcodes.ACC_SYNTHETIC
                        | (method.access & Opcodes.ACC_SYNCHRONIZED);
                method.name = kind.member(method.name);
            }
            type.methods.add(method);
        }
    }

    /** What is called past the kind's own method: the body that this class has or inherits. */
    private void superCalls(MethodNode method, SortedSet<MethodId> asking) throws BuildProblem {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof MethodInsnNode call
                    && call.getOpcode() == Opcodes.INVOKESPECIAL
                    && !call.name.equals("<init>")
                    && hierarchy.inherits(type.name, call.owner, Side.AFTER)) {
                MethodId id = new MethodId(call.name, call.desc);
                Member found = hierarchy.resolve(type.name, call.name, call.desc, Side.AFTER);
                if (!found.owner().equals(type.name)) {
                    call.owner = type.superName;
                } else if (asking.contains(id)) {
                    call.owner = type.name;
                    call.name = OWN + call.name;
                }
            }
        }
    }

    private void constructor(Flattened kind, MethodNode method) {
        MethodInsnNode call = EarlyWrites.superCall(method);
        if (call != null && call.owner.equals(type.name)) {
            InsnList code = new InsnList();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(Code.number(kind.kind()));
            code.add(new FieldInsnNode(Opcodes.PUTFIELD, type.name, Flattened.KIND, "I"));
            method.instructions.insert(call, code);
            method.maxStack = Math.max(method.maxStack, 2);
        }
        makeRoom(method, Code.size(method.desc) + 1, kind.marks());
        method.desc = kind.constructor(method.desc);
        method.signature = null;
        method.parameters = null;
        method.visibleParameterAnnotations = null;
        method.invisibleParameterAnnotations = null;
        method.access &= ~Opcodes.ACC_VARARGS;
    }

    /** Slots for more arguments, behind those that are there. */
    private static void makeRoom(MethodNode method, int from, int count) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof VarInsnNode use && use.var >= from) {
                use.var += count;
            } else if (node instanceof IincInsnNode use && use.var >= from) {
                use.var += count;
            } else if (node instanceof FrameNode frame && frame.local != null) {
                List<Object> types = new ArrayList<>(frame.local);
                int index = 0;
                for (int slot = 0; slot < from; index++) {
                    if (index == types.size()) {
                        types.add(Opcodes.TOP);
                    }
                    Object one = types.get(index);
                    slot += one == Opcodes.LONG || one == Opcodes.DOUBLE ? 2 : 1;
                }
                for (int i = 0; i < count; i++) {
                    types.add(index, Opcodes.INTEGER);
                }
                frame.local = types;
            }
        }
        method.maxLocals += count;
    }

    /** The method as callers find it. */
    private MethodNode asking(MethodId id) throws BuildProblem {
        MethodNode own = ClassFiles.method(type, id.name(), id.descriptor());
        int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
        Member found = hierarchy.resolve(type.name, id.name(), id.descriptor(), Side.AFTER);
        MethodNode made = new MethodNode(
                Opcodes.ASM9,
                (own == null ? found.access() : own.access) & open,
                id.name(),
                id.descriptor(),
                null,
                own == null ? null : own.exceptions.toArray(new String[0]));
        String descriptor = AddedMethods.withReceiver(type.name, id.descriptor());
        for (Flattened kind : kinds) {
            if (kind.overriding().contains(id)) {
                LabelNode next = new LabelNode();
                made.instructions.add(isOf(kind, next));
                made.instructions.add(call(type.name, kind.member(id.name()), id, descriptor));
                made.instructions.add(next);
                frame(made, descriptor);
            }
        }
        String rest = own == null ? String.valueOf(type.superName) : type.name;
        String name = own == null ? id.name() : OWN + id.name();
        made.instructions.add(call(rest, name, id, descriptor));
        made.maxLocals = Code.size(descriptor);
        made.maxStack = made.maxLocals + 2;
        if (own != null) {
            type.methods.remove(own);
            type.methods.add(ownBody(own));
        }
        return made;
    }

    /** What objects without a kind do. If the fixed release makes none, those that there are were made before. */
    private MethodNode ownBody(MethodNode fixed) {
        @Nullable
        MethodNode original =
                kinds.get(0).keepsOld() ? ClassFiles.method(before, fixed.name, fixed.desc) : null;
        MethodNode own = ClassFiles.copy(original == null ? fixed : original);
        own.name = OWN + own.name;
        own.access = Opcodes.ACC_PRIVATE
                | Opcodes.ACC_SYNTHETIC
                | (own.access & Opcodes.ACC_SYNCHRONIZED);
        return own;
    }

    private InsnList isOf(Flattened kind, LabelNode next) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, type.name, Flattened.KIND, "I"));
        code.add(Code.number(kind.kind()));
        code.add(new JumpInsnNode(Opcodes.IF_ICMPNE, next));
        return code;
    }

    private static InsnList call(String owner, String name, MethodId id, String descriptor) {
        InsnList code = Code.arguments(descriptor);
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, owner, name, id.descriptor(), false));
        code.add(Code.result(descriptor));
        return code;
    }

    private void frame(MethodNode made, String descriptor) {
        if ((type.version & 0xFFFF) >= Opcodes.V1_6) {
            Object[] locals = AddedMethods.frame(descriptor);
            made.instructions.add(
                    new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        }
    }

    private MethodNode test(Flattened kind) {
        MethodNode made = helper(kind.test(), "Z");
        LabelNode no = new LabelNode();
        InsnList code = made.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, type.name));
        code.add(new JumpInsnNode(Opcodes.IFEQ, no));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.name));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, type.name, Flattened.KIND, "I"));
        code.add(Code.number(kind.kind()));
        code.add(new JumpInsnNode(Opcodes.IF_ICMPNE, no));
        code.add(new InsnNode(Opcodes.ICONST_1));
        code.add(new InsnNode(Opcodes.IRETURN));
        code.add(no);
        frame(made, made.desc);
        code.add(new InsnNode(Opcodes.ICONST_0));
        code.add(new InsnNode(Opcodes.IRETURN));
        return made;
    }

    private MethodNode cast(Flattened kind) {
        MethodNode made = helper(kind.cast(), "L" + type.name + ";");
        LabelNode fine = new LabelNode();
        String wrong = "java/lang/ClassCastException";
        InsnList code = made.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new JumpInsnNode(Opcodes.IFNULL, fine));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, type.name, kind.test(), "(Ljava/lang/Object;)Z", false));
        code.add(new JumpInsnNode(Opcodes.IFNE, fine));
        code.add(new TypeInsnNode(Opcodes.NEW, wrong));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, wrong, "<init>", "()V", false));
        code.add(new InsnNode(Opcodes.ATHROW));
        code.add(fine);
        frame(made, made.desc);
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.name));
        code.add(new InsnNode(Opcodes.ARETURN));
        return made;
    }

    private static MethodNode helper(String name, String result) {
        MethodNode made = new MethodNode(
                Opcodes.ASM9,
                Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                name,
                "(Ljava/lang/Object;)" + result,
                null,
                null);
        made.maxLocals = 1;
        made.maxStack = 2;
        return made;
    }
}
