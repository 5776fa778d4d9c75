package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What a class inherits once an override of its own is gone.
 *
 * @param kind whether it can be called from the class
 * @param owner the supertype that a call would name, or that is not known
 * @param isInterface whether that is an interface
 */
record Inherited(Kind kind, String owner, boolean isInterface) {

    /** Whether the inherited method can be called. */
    enum Kind {
        NOTHING,
        UNKNOWN,
        CALLABLE,
        NOT_CALLABLE
    }

    static Inherited nothing() {
        return new Inherited(Kind.NOTHING, "", false);
    }

    static Inherited find(ClassNode type, MethodNode method, World world) throws BuildProblem {
        for (String at = type.superName; at != null; ) {
            ClassNode ancestor = world.after(at);
            if (ancestor == null) {
                return new Inherited(Kind.UNKNOWN, at, false);
            }
            MethodNode inherited = ClassFiles.method(ancestor, method.name, method.desc);
            if (inherited != null && isInstance(inherited)) {
                return ClassFiles.has(inherited.access, Opcodes.ACC_ABSTRACT)
                        ? nothing()
                        : new Inherited(Kind.CALLABLE, type.superName, false);
            }
            at = ancestor.superName;
        }
        return findDefault(type, method, world);
    }

    private static Inherited findDefault(ClassNode type, MethodNode method, World world)
            throws BuildProblem {
        for (String name : type.interfaces) {
            if (providesDefault(name, method, world)) {
                return new Inherited(Kind.CALLABLE, name, true);
            }
        }
        for (String at = type.superName; at != null; ) {
            ClassNode ancestor = world.after(at);
            if (ancestor == null) {
                return new Inherited(Kind.UNKNOWN, at, false);
            }
            for (String name : ancestor.interfaces) {
                if (providesDefault(name, method, world)) {
                    return new Inherited(Kind.CALLABLE, type.superName, false);
                }
            }
            at = ancestor.superName;
        }
        return nothing();
    }

    private static boolean providesDefault(String name, MethodNode method, World world)
            throws BuildProblem {
        ClassNode type = world.after(name);
        if (type == null) {
            return false;
        }
        MethodNode inherited = ClassFiles.method(type, method.name, method.desc);
        if (inherited != null && isInstance(inherited)) {
            return !ClassFiles.has(inherited.access, Opcodes.ACC_ABSTRACT);
        }
        for (String ancestor : type.interfaces) {
            if (providesDefault(ancestor, method, world)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInstance(MethodNode method) {
        return !ClassFiles.has(method.access, Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE);
    }

    /** A body for the removed override that calls what would be inherited. */
    MethodNode call(MethodNode method) {
        MethodNode body = new MethodNode(
                Opcodes.ASM9,
                method.access,
                method.name,
                method.desc,
                method.signature,
                method.exceptions.toArray(new String[0]));
        body.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        int slot = 1;
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            body.instructions.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        body.instructions.add(new MethodInsnNode(
                Opcodes.INVOKESPECIAL, owner, method.name, method.desc, isInterface));
        Type result = Type.getReturnType(method.desc);
        body.instructions.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
        body.maxLocals = slot;
        body.maxStack = Math.max(slot, result.getSize());
        return body;
    }
}
