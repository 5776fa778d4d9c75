package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

import java.util.Map;

/** Code that names flattened classes, made to name what became of them; their types are renamed behind it. */
final class FlattenedUses {

    private final Map<String, Flattened> flattened;

    FlattenedUses(Map<String, Flattened> flattened) {
        this.flattened = flattened;
    }

    /** Why a class's code can't be rewritten; null if it can. */
    static @Nullable String obstacle(ClassNode type, String name) {
        for (MethodNode method : type.methods) {
            boolean caught =
                    method.tryCatchBlocks.stream().anyMatch(block -> name.equals(block.type));
            if (caught) {
                return "it is caught";
            }
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof InvokeDynamicInsnNode site) {
                    for (Object argument : site.bsmArgs) {
                        if (argument instanceof Handle handle && isMade(handle, name)) {
                            return "its constructor is passed on";
                        }
                    }
                }
                if (node instanceof LdcInsnNode load
                        && (load.cst instanceof Handle || load.cst instanceof ConstantDynamic)) {
                    return "it may be named by a constant that is computed";
                }
            }
        }
        return null;
    }

    private static boolean isMade(Handle handle, String name) {
        return handle.getOwner().equals(name)
                && (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL
                        || handle.getTag() <= Opcodes.H_PUTSTATIC);
    }

    void rewrite(ClassNode type) {
        type.innerClasses.removeIf(inner -> flattened.containsKey(inner.name));
        if (type.nestMembers != null) {
            type.nestMembers.removeIf(flattened::containsKey);
        }
        if (type.permittedSubclasses != null) {
            type.permittedSubclasses.removeIf(flattened::containsKey);
        }
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode node : method.instructions.toArray()) {
                rewrite(method, node);
            }
        }
    }

    private void rewrite(MethodNode method, AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            Flattened owner = flattened.get(call.owner);
            if (owner != null) {
                call(method, call, owner);
            }
        } else if (node instanceof FieldInsnNode access) {
            Flattened owner = flattened.get(access.owner);
            if (owner != null) {
                field(access, owner);
            }
        } else if (node instanceof TypeInsnNode type) {
            Flattened named = flattened.get(type.desc);
            if (named != null) {
                type(method, type, named);
            }
        } else if (node instanceof InvokeDynamicInsnNode site) {
            for (int i = 0; i < site.bsmArgs.length; i++) {
                if (site.bsmArgs[i] instanceof Handle handle) {
                    site.bsmArgs[i] = handle(handle);
                }
            }
        }
    }

    private static void call(MethodNode method, MethodInsnNode call, Flattened owner) {
        if (call.name.equals("<init>")) {
            for (int i = 0; i < owner.marks(); i++) {
                method.instructions.insertBefore(call, Code.number(0));
            }
            call.desc = owner.constructor(call.desc);
            method.maxStack += owner.marks();
        } else if (call.getOpcode() == Opcodes.INVOKESTATIC) {
            if (owner.declares(call.name, call.desc, true)) {
                call.owner = owner.statics();
            }
        } else if (owner.isOwn(call.name, call.desc)) {
            call.name = owner.member(call.name);
        }
    }

    private static void field(FieldInsnNode access, Flattened owner) {
        if (owner.declares(access.name, access.desc, true)) {
            access.owner = owner.statics();
        } else if (owner.declares(access.name, access.desc, false)) {
            access.name = owner.member(access.name);
        }
    }

    private static void type(MethodNode method, TypeInsnNode type, Flattened named) {
        boolean test = type.getOpcode() == Opcodes.INSTANCEOF;
        if (test || type.getOpcode() == Opcodes.CHECKCAST) {
            method.instructions.set(
                    type,
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC,
                            named.into(),
                            test ? named.test() : named.cast(),
                            "(Ljava/lang/Object;)" + (test ? "Z" : "L" + named.into() + ";"),
                            false));
        }
    }

    private Handle handle(Handle handle) {
        Flattened owner = flattened.get(handle.getOwner());
        if (owner == null) {
            return handle;
        }
        boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
        if (isStatic && owner.declares(handle.getName(), handle.getDesc(), true)) {
            return new Handle(
                    handle.getTag(), owner.statics(), handle.getName(), handle.getDesc(), false);
        }
        if (!isStatic && owner.isOwn(handle.getName(), handle.getDesc())) {
            return new Handle(
                    handle.getTag(),
                    owner.into(),
                    owner.member(handle.getName()),
                    handle.getDesc(),
                    false);
        }
        return handle;
    }
}
