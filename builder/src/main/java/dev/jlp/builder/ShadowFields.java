package dev.jlp.builder;

import dev.jlp.builder.Accessors.Kind;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.HashMap;
import java.util.Map;

/** Added instance fields: shadow variables of the object, read and written by methods of a companion. */
final class ShadowFields {

    private static final String FIELD = "java/lang/JlpShadowField";
    private static final String FIELD_TYPE = "L" + FIELD + ";";

    private final Homes homes;
    private final Map<String, Call> made = new HashMap<>();

    ShadowFields(Homes homes) {
        this.homes = homes;
    }

    /** The call in place of an access to the field. */
    Call access(Kind kind, String owner, FieldKey field) throws BuildProblem {
        String node = Homes.node(owner, field);
        homes.need(node);
        String key = kind + " " + node;
        Call known = made.get(key);
        if (known != null) {
            return known;
        }
        Companion companion = homes.access(owner);
        String constant = constant(companion, owner, field);
        Type type = Type.getType(field.descriptor());
        String self = "(L" + owner + ";";
        Call call;
        if (kind == Kind.GET) {
            MethodNode method = companion.method("get$" + field.name(), self + ")" + type);
            call = companion.call(method);
            made.put(key, call);
            read(companion, method, constant, owner, field, type);
        } else {
            MethodNode method = companion.method("set$" + field.name(), self + type + ")V");
            call = companion.call(method);
            made.put(key, call);
            write(companion, method, constant, isVolatile(owner, field), type);
        }
        return call;
    }

    private boolean isVolatile(String owner, FieldKey field) throws BuildProblem {
        for (FieldNode node : homes.after(owner).fields) {
            if (FieldKey.of(node).equals(field)) {
                return ClassFiles.has(node.access, Opcodes.ACC_VOLATILE);
            }
        }
        return false;
    }

    /** The static of the companion that holds the shadow field. */
    private String constant(Companion companion, String owner, FieldKey field) {
        String key = "constant " + Homes.node(owner, field);
        Call known = made.get(key);
        if (known != null) {
            return known.name();
        }
        String name = "field$" + companion.node().fields.size() + "$" + field.name();
        made.put(key, new Call(companion.name(), name, FIELD_TYPE));
        companion.constant(name, FIELD_TYPE);
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(Type.getObjectType(owner)));
        code.add(new LdcInsnNode(field.name()));
        code.add(new LdcInsnNode(field.descriptor()));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                FIELD,
                "of",
                "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/String;)" + FIELD_TYPE,
                false));
        code.add(new FieldInsnNode(Opcodes.PUTSTATIC, companion.name(), name, FIELD_TYPE));
        companion.initialiser().instructions.insert(code);
        return name;
    }

    private void read(
            Companion companion,
            MethodNode method,
            String constant,
            String owner,
            FieldKey field,
            Type type)
            throws BuildProblem {
        boolean isVolatile = isVolatile(owner, field);
        boolean thawed = homes.changes().isMoved(owner, field);
        InitialValue initial = thawed
                ? InitialValue.DEFAULT
                : InitialValue.inOldObjects(
                        homes.hierarchy(), homes.before(owner), homes.after(owner), field);
        InsnList code = method.instructions;
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, companion.name(), constant, FIELD_TYPE));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.maxLocals = 2;
        method.maxStack = 8;
        if (!Code.isReference(type) && !thawed && initial.isComputed()) {
            InsnList value = value(owner, initial, field, type);
            value.add(toBits(type));
            value.add(call("putBitsIfAbsent", "(Ljava/lang/Object;J)J"));
            once(companion, method, constant, isVolatile, value);
            code.add(fromBits(type));
        } else if (!Code.isReference(type)) {
            code.add(thawed ? asItWas(owner, field) : value(owner, initial, field, type));
            code.add(toBits(type));
            code.add(call(isVolatile ? "getBitsVolatile" : "getBits", "(Ljava/lang/Object;J)J"));
            code.add(fromBits(type));
        } else if (initial.isDefault() || initial.isConstant()) {
            code.add(thawed ? asItWas(owner, field) : value(owner, initial, field, type));
            code.add(getObject(isVolatile));
            code.add(Code.unbox(type));
        } else {
            made(companion, code, constant, isVolatile, value(owner, initial, field, type));
            code.add(Code.unbox(type));
        }
        code.add(Code.result(method.desc));
    }

    /** What the field itself holds. */
    private InsnList asItWas(String owner, FieldKey field) throws BuildProblem {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(homes.accessors().field(Kind.GET, owner, owner, field).instruction());
        return code;
    }

    /** A value that is an object of its own is made once for each object, at the first read. */
    private static void made(
            Companion companion,
            InsnList code,
            String constant,
            boolean isVolatile,
            InsnList value) {
        LabelNode there = new LabelNode();
        FieldInsnNode field =
                new FieldInsnNode(Opcodes.GETSTATIC, companion.name(), constant, FIELD_TYPE);
        code.add(field.clone(Map.of()));
        code.add(getObject(isVolatile));
        code.add(new VarInsnNode(Opcodes.ASTORE, 1));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(field.clone(Map.of()));
        code.add(new JumpInsnNode(Opcodes.IF_ACMPNE, there));
        code.add(field.clone(Map.of()));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(value);
        code.add(call("putIfAbsent", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;"));
        code.add(new VarInsnNode(Opcodes.ASTORE, 1));
        code.add(there);
        code.add(frame(companion, "java/lang/Object"));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
    }

    /**
     * Leaves the bits of a primitive value that is computed, once for each object, at the first read. That
     * there is none is seen by what is answered then: first the one, then the other of two numbers.
     *
     * @param put computes the value and puts it, with field and object on the stack
     */
    private static void once(
            Companion companion,
            MethodNode method,
            String constant,
            boolean isVolatile,
            InsnList put) {
        FieldInsnNode field =
                new FieldInsnNode(Opcodes.GETSTATIC, companion.name(), constant, FIELD_TYPE);
        LabelNode there = new LabelNode();
        InsnList code = method.instructions;
        code.clear();
        for (long absent : new long[] {Long.MIN_VALUE + 0x5eed, Long.MAX_VALUE - 0x5eed}) {
            code.add(field.clone(Map.of()));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new LdcInsnNode(absent));
            code.add(call(isVolatile ? "getBitsVolatile" : "getBits", "(Ljava/lang/Object;J)J"));
            code.add(new VarInsnNode(Opcodes.LSTORE, 1));
            code.add(new VarInsnNode(Opcodes.LLOAD, 1));
            code.add(new LdcInsnNode(absent));
            code.add(new InsnNode(Opcodes.LCMP));
            code.add(new JumpInsnNode(Opcodes.IFNE, there));
        }
        code.add(field.clone(Map.of()));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(put);
        code.add(new VarInsnNode(Opcodes.LSTORE, 1));
        code.add(there);
        code.add(frame(companion, Opcodes.LONG));
        code.add(new VarInsnNode(Opcodes.LLOAD, 1));
        method.maxLocals = 3;
    }

    private static FrameNode frame(Companion companion, Object local) {
        String self = companion.node().name.substring(0, companion.node().name.indexOf("$jlp$"));
        return new FrameNode(Opcodes.F_NEW, 2, new Object[] {self, local}, 0, new Object[0]);
    }

    /** The initial value in a method of its own if it is more than a constant. */
    private InsnList value(String owner, InitialValue initial, FieldKey field, Type type)
            throws BuildProblem {
        InsnList code = new InsnList();
        if (initial.isDefault()) {
            code.add(Code.zero(type));
        } else if (initial.isConstant()) {
            code.add(initial.code().get(0).clone(Map.of()));
        } else {
            Companion companion = homes.code(owner);
            MethodNode method =
                    companion.method("initial$" + field.name(), "(L" + owner + ";)" + type);
            for (AbstractInsnNode node : initial.code()) {
                method.instructions.add(node.clone(Map.of()));
            }
            method.instructions.add(Code.result(method.desc));
            method.maxLocals = 1;
            method.maxStack = initial.code().size() * 2 + 2;
            homes.later(Homes.node(owner, field), new Context(owner, companion.name()), method);
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(companion.call(method).instruction());
        }
        return code;
    }

    private static void write(
            Companion companion,
            MethodNode method,
            String constant,
            boolean isVolatile,
            Type type) {
        InsnList code = method.instructions;
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, companion.name(), constant, FIELD_TYPE));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), 1));
        if (Code.isReference(type)) {
            code.add(call(
                    isVolatile ? "setVolatile" : "set", "(Ljava/lang/Object;Ljava/lang/Object;)V"));
        } else {
            code.add(toBits(type));
            code.add(call(isVolatile ? "setBitsVolatile" : "setBits", "(Ljava/lang/Object;J)V"));
        }
        code.add(new InsnNode(Opcodes.RETURN));
        method.maxLocals = 1 + type.getSize();
        method.maxStack = 6;
    }

    private static MethodInsnNode getObject(boolean isVolatile) {
        return call(
                isVolatile ? "getVolatile" : "get",
                "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
    }

    private static MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKEVIRTUAL, FIELD, name, descriptor, false);
    }

    private static InsnList toBits(Type type) {
        InsnList code = new InsnList();
        switch (type.getSort()) {
            case Type.LONG -> {}
            case Type.DOUBLE ->
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/lang/Double",
                        "doubleToRawLongBits",
                        "(D)J",
                        false));
            case Type.FLOAT -> {
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/lang/Float",
                        "floatToRawIntBits",
                        "(F)I",
                        false));
                code.add(new InsnNode(Opcodes.I2L));
            }
            default -> code.add(new InsnNode(Opcodes.I2L));
        }
        return code;
    }

    private static InsnList fromBits(Type type) {
        InsnList code = new InsnList();
        switch (type.getSort()) {
            case Type.LONG -> {}
            case Type.DOUBLE ->
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/lang/Double",
                        "longBitsToDouble",
                        "(J)D",
                        false));
            case Type.FLOAT -> {
                code.add(new InsnNode(Opcodes.L2I));
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false));
            }
            default -> code.add(new InsnNode(Opcodes.L2I));
        }
        return code;
    }
}
