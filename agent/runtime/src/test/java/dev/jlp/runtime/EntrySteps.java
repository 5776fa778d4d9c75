package dev.jlp.runtime;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds a step before each access of the bridge to what threads share, and asks the world instead of the JVM. */
final class EntrySteps {

    private static final String SCHEDULE = "dev/jlp/runtime/Schedule";
    private static final String WORLD = "dev/jlp/runtime/EntryBridge";
    private static final Set<String> SHARED_TYPES = Set.of("java/util/concurrent/ConcurrentMap");

    /** Access flags of the bridge's fields. */
    private final Map<String, Integer> fields = new HashMap<>();

    EntrySteps(List<ClassNode> bridge) {
        for (ClassNode type : bridge) {
            for (FieldNode field : type.fields) {
                fields.put(type.name + "." + field.name, field.access);
            }
        }
    }

    void addTo(ClassNode type) {
        for (MethodNode method : type.methods) {
            if (type.name.endsWith("JlpThreadIds") && method.name.equals("of")) {
                delegate(method, "number", Type.LONG_TYPE);
            } else if (type.name.endsWith("JlpThread") && method.name.equals("isAlive")) {
                delegate(method, "isAlive", Type.BOOLEAN_TYPE);
            } else if (!method.name.startsWith("<")) {
                for (AbstractInsnNode each : method.instructions.toArray()) {
                    addTo(method, each);
                }
            }
        }
    }

    private void delegate(MethodNode method, String name, Type answer) {
        Type argument = method.desc.startsWith("()")
                ? Type.getObjectType("dev/jlp/bridge/JlpThread")
                : Type.getArgumentTypes(method.desc)[0];
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        method.localVariables = null;
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.instructions.add(call(WORLD, name, Type.getMethodDescriptor(answer, argument)));
        method.instructions.add(new InsnNode(answer.getOpcode(Opcodes.IRETURN)));
    }

    private void addTo(MethodNode method, AbstractInsnNode each) {
        if (each instanceof FieldInsnNode access) {
            Integer flags = fields.get(access.owner + "." + access.name);
            if (flags == null || (flags & Opcodes.ACC_FINAL) != 0) {
                return;
            }
            if ((flags & Opcodes.ACC_VOLATILE) != 0) {
                boolean reads = !read(access).equals(Type.VOID_TYPE);
                addStep(
                        method.instructions,
                        each,
                        reads ? "read" : "write",
                        access.name,
                        read(access));
            } else {
                method.instructions.insertBefore(each, plain(access));
            }
        } else if (each instanceof MethodInsnNode called) {
            addTo(method, called);
        }
    }

    private void addTo(MethodNode method, MethodInsnNode called) {
        if (SHARED_TYPES.contains(called.owner) && !called.name.startsWith("<")) {
            addStep(
                    method.instructions,
                    called,
                    "point",
                    called.name,
                    Type.getReturnType(called.desc));
        } else if (called.owner.equals("java/lang/ThreadLocal") && called.name.equals("get")) {
            replace(method, called, "get", "(Ljava/lang/ThreadLocal;)Ljava/lang/Object;");
        } else if (called.owner.equals("java/lang/ThreadLocal") && called.name.equals("set")) {
            replace(method, called, "set", "(Ljava/lang/ThreadLocal;Ljava/lang/Object;)V");
        } else if (called.name.equals("nanoTime") && method.name.equals("isTooEarly")) {
            replace(method, called, "nanoTime", "()J");
        } else if (called.name.equals("nanoTime")) {
            method.instructions.set(called, new InsnNode(Opcodes.LCONST_0));
        }
    }

    private static void replace(MethodNode method, MethodInsnNode call, String name, String type) {
        method.instructions.set(call, call(WORLD, name, type));
    }

    private static Type read(FieldInsnNode access) {
        boolean reads =
                access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.GETFIELD;
        return reads ? Type.getType(access.desc) : Type.VOID_TYPE;
    }

    private static void addStep(
            InsnList code, AbstractInsnNode access, String how, String what, Type answer) {
        InsnList before = new InsnList();
        before.add(new LdcInsnNode(what));
        before.add(call(SCHEDULE, how, "(Ljava/lang/String;)V"));
        code.insertBefore(access, before);
        InsnList after = new InsnList();
        if (answer.equals(Type.LONG_TYPE)) {
            after.add(new InsnNode(Opcodes.DUP2));
            after.add(call(SCHEDULE, "observed", "(J)V"));
        } else if (answer.getSort() == Type.OBJECT || answer.getSort() == Type.ARRAY) {
            after.add(new InsnNode(Opcodes.DUP));
            after.add(call(SCHEDULE, "found", "(Ljava/lang/Object;)V"));
        }
        code.insert(access, after);
    }

    /** Leaves the stack as it was; beneath a value that is to be written lies the object. */
    private static InsnList plain(FieldInsnNode access) {
        boolean isStatic =
                access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
        boolean writes = access.getOpcode() == Opcodes.PUTFIELD;
        boolean wide = Type.getType(access.desc).getSize() == 2;
        InsnList code = new InsnList();
        if (isStatic) {
            code.add(new LdcInsnNode(access.owner));
        } else if (writes) {
            add(code, wide ? new int[] {Opcodes.DUP2_X1, Opcodes.POP2} : new int[] {Opcodes.SWAP});
            code.add(new InsnNode(Opcodes.DUP));
        } else {
            code.add(new InsnNode(Opcodes.DUP));
        }
        boolean changes = writes || access.getOpcode() == Opcodes.PUTSTATIC;
        code.add(new InsnNode(changes ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
        code.add(new LdcInsnNode(access.name));
        code.add(call(SCHEDULE, "plain", "(Ljava/lang/Object;ZLjava/lang/String;)V"));
        if (writes) {
            add(code, wide ? new int[] {Opcodes.DUP_X2, Opcodes.POP} : new int[] {Opcodes.SWAP});
        }
        return code;
    }

    private static void add(InsnList code, int... opcodes) {
        for (int opcode : opcodes) {
            code.add(new InsnNode(opcode));
        }
    }

    static MethodInsnNode call(String owner, String name, String type) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, type, false);
    }
}
