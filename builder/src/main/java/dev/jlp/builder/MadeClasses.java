package dev.jlp.builder;

import dev.jlp.builder.Constructions.Detour;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Added classes below one whose constructors are private: nested classes of it in the fixed release, which the JVM
 * does not let into its nest. Nobody may call {@code super(...)} there, so their objects are allocated with the
 * superclass's constructor run, as deserialisation does it, and their own constructors go on as static methods.
 */
final class MadeClasses {

    private static final String MAKE = "make$";
    private static final String NEW = "new$";

    private final Homes homes;
    private final Set<String> made = new TreeSet<>();

    MadeClasses(Homes homes) {
        this.homes = homes;
    }

    boolean isMade(String name) {
        return made.contains(name);
    }

    /** Whether a call is of such a method. */
    boolean isMaker(MethodInsnNode call) {
        return isMade(call.owner)
                && call.getOpcode() == Opcodes.INVOKESTATIC
                && (call.name.equals(MAKE) || call.name.equals(NEW));
    }

    /** The static method that does what a constructor did. */
    static Call maker(String owner, String descriptor) {
        return new Call(owner, NEW, result(descriptor, owner));
    }

    private static String result(String descriptor, String owner) {
        return descriptor.substring(0, descriptor.length() - 1) + "L" + owner + ";";
    }

    /** Rewrites the class if its superclass lets nobody construct it. */
    void rewrite(ClassNode type) throws BuildProblem {
        String above = type.superName;
        if (above == null || !homes.world().inOriginal(above) || !isClosed(type)) {
            return;
        }
        made.add(type.name);
        for (FieldNode field : type.fields) {
            if (!ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
                field.access &= ~Opcodes.ACC_FINAL;
            }
        }
        List<MethodNode> methods = new ArrayList<>();
        for (MethodNode method : type.methods) {
            if (method.name.equals("<init>")) {
                methods.add(asMaker(type, method));
                methods.add(entry(type, method.desc));
            } else {
                methods.add(method);
            }
        }
        type.methods = methods;
    }

    private boolean isClosed(ClassNode type) throws BuildProblem {
        for (MethodNode method : type.methods) {
            MethodInsnNode call =
                    method.name.equals("<init>") ? EarlyWrites.superCall(method) : null;
            if (call != null && call.owner.equals(type.superName)) {
                MethodId host = hostOf(call);
                MethodNode constructor = ClassFiles.method(
                        homes.before(type.superName), host.name(), host.descriptor());
                if (constructor != null
                        && !homes.access().allows(type.name, type.superName, constructor.access)) {
                    return true;
                }
            }
        }
        return false;
    }

    private MethodId hostOf(MethodInsnNode call) throws BuildProblem {
        MethodId id = new MethodId(call.name, call.desc);
        return homes.methods().isAdded(call.owner, id)
                ? homes.constructions().hostOf(call.owner)
                : id;
    }

    /** What callers call: without the place for the object that is not there yet. */
    private static MethodNode entry(ClassNode type, String descriptor) {
        MethodNode entry = new MethodNode(
                Opcodes.ASM9,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                NEW,
                result(descriptor, type.name),
                null,
                null);
        entry.instructions.add(new InsnNode(Opcodes.ACONST_NULL));
        entry.instructions.add(Code.arguments(descriptor));
        entry.instructions.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                type.name,
                MAKE,
                AddedMethods.withReceiver(type.name, result(descriptor, type.name)),
                ClassFiles.has(type.access, Opcodes.ACC_INTERFACE)));
        entry.instructions.add(new InsnNode(Opcodes.ARETURN));
        entry.maxLocals = Code.size(descriptor);
        entry.maxStack = entry.maxLocals + 1;
        return entry;
    }

    /** The constructor as a static method: slot 0 is null until the object is there. */
    private MethodNode asMaker(ClassNode type, MethodNode constructor) throws BuildProblem {
        EarlyWrites early = new EarlyWrites(constructor);
        MethodInsnNode call = EarlyWrites.superCall(constructor);
        for (AbstractInsnNode node : constructor.instructions.toArray()) {
            if (node instanceof FieldInsnNode write && early.isEarly(write)) {
                early.delay(
                        write,
                        new FieldInsnNode(Opcodes.PUTFIELD, write.owner, write.name, write.desc));
            } else if (node.getOpcode() == Opcodes.RETURN) {
                constructor.instructions.insertBefore(node, new VarInsnNode(Opcodes.ALOAD, 0));
                constructor.instructions.set(node, new InsnNode(Opcodes.ARETURN));
            } else if (node instanceof FrameNode frame) {
                frame.local = initialised(frame.local, type.name);
                frame.stack = initialised(frame.stack, type.name);
            }
        }
        early.finish();
        if (call != null) {
            allocate(type, constructor, call);
        }
        MethodNode made = new MethodNode(
                Opcodes.ASM9,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                MAKE,
                AddedMethods.withReceiver(type.name, result(constructor.desc, type.name)),
                null,
                constructor.exceptions.toArray(new String[0]));
        made.instructions = constructor.instructions;
        made.tryCatchBlocks = constructor.tryCatchBlocks;
        made.maxLocals = constructor.maxLocals;
        made.maxStack = constructor.maxStack + 4;
        return made;
    }

    private static List<Object> initialised(@Nullable List<Object> types, String owner) {
        List<Object> changed = new ArrayList<>();
        if (types != null) {
            types.forEach(
                    type -> changed.add(Opcodes.UNINITIALIZED_THIS.equals(type) ? owner : type));
        }
        return changed;
    }

    /** In place of {@code super(...)} or {@code this(...)}; what was below the arguments is dropped. */
    private void allocate(ClassNode type, MethodNode constructor, MethodInsnNode call)
            throws BuildProblem {
        InsnList before = new InsnList();
        InsnList behind = new InsnList();
        if (call.owner.equals(type.name)) {
            new Call(
                            type.name,
                            MAKE,
                            AddedMethods.withReceiver(type.name, result(call.desc, type.name)))
                    .replace(call);
        } else {
            MethodId id = new MethodId(call.name, call.desc);
            String above = call.owner;
            MethodId host = id;
            if (homes.methods().isAdded(above, id)) {
                Detour detour = homes.constructions().detour(above, id);
                host = detour.host();
                before.add(detour.begin().instruction());
                for (Type argument : Type.getArgumentTypes(host.descriptor())) {
                    before.add(Code.zero(argument));
                }
                behind.add(detour.end().instruction());
            }
            homes.accessors().allocation(above, type.name, host.descriptor()).replace(call);
            behind.add(new InsnNode(Opcodes.SWAP));
            behind.add(new InsnNode(Opcodes.POP));
        }
        behind.add(new VarInsnNode(Opcodes.ASTORE, 0));
        constructor.instructions.insertBefore(call, before);
        constructor.instructions.insert(call, behind);
        constructor.maxStack += Code.size(call.desc);
    }
}
