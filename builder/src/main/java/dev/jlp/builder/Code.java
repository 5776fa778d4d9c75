package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Pieces of code that are needed in many places. */
final class Code {

    private Code() {}

    /** All arguments of a static method, in their order. */
    static InsnList arguments(String descriptor) {
        InsnList code = new InsnList();
        int slot = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            slot += type.getSize();
        }
        return code;
    }

    /** Slots that the arguments of a static method take. */
    static int size(String descriptor) {
        return (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 1;
    }

    static InsnNode result(String descriptor) {
        return new InsnNode(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    }

    static AbstractInsnNode number(int value) {
        if (value <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + value);
        }
        return new IntInsnNode(value <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, value);
    }

    /** The default value of a type. */
    static AbstractInsnNode zero(Type type) {
        return new InsnNode(
                switch (type.getSort()) {
                    case Type.LONG -> Opcodes.LCONST_0;
                    case Type.FLOAT -> Opcodes.FCONST_0;
                    case Type.DOUBLE -> Opcodes.DCONST_0;
                    case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
                    default -> Opcodes.ICONST_0;
                });
    }

    static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    /** Makes the value on the stack an object. */
    static InsnList box(Type type) {
        InsnList code = new InsnList();
        if (!isReference(type)) {
            String box = boxOf(type);
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    box,
                    "valueOf",
                    "(" + type.getDescriptor() + ")L" + box + ";",
                    false));
        }
        return code;
    }

    /** Makes the object on the stack a value of the type. */
    static InsnList unbox(Type type) {
        InsnList code = new InsnList();
        if (isReference(type)) {
            if (!type.getInternalName().equals("java/lang/Object")) {
                code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
            }
            return code;
        }
        String box = boxOf(type);
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL,
                box,
                type.getClassName() + "Value",
                "()" + type.getDescriptor(),
                false));
        return code;
    }

    private static String boxOf(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            default -> "java/lang/Double";
        };
    }

    /** The elements of a frame's locals for these arguments. */
    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }
}
