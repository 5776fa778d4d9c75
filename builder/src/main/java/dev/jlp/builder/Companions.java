package dev.jlp.builder;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.PatchFile;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Companion classes. A redefinition can't add a method, so an added one that no override can stand
 * for lives as a static method in a class of its own, in the package of its class; an instance
 * method takes its receiver as first argument. What a companion names must be open to it.
 */
final class Companions {

    private final World world;
    private final SortedMap<String, SortedSet<MethodId>> moved;
    private final Map<String, String> names = new HashMap<>();

    Companions(World world, SortedMap<String, SortedSet<MethodId>> moved) throws BuildProblem {
        this.world = world;
        this.moved = moved;
        for (String owner : moved.keySet()) {
            names.put(owner, owner + "$jlp$" + contentHash(owner));
        }
    }

    /** Whether the method can move: nothing may override it, and its flags need its own class. */
    static boolean canHold(ClassNode owner, MethodNode method) {
        boolean fixed = ClassFiles.has(method.access, Opcodes.ACC_STATIC)
                || ClassFiles.has(method.access, Opcodes.ACC_PRIVATE);
        boolean plain = (method.access
                        & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED))
                == 0;
        return fixed
                && plain
                && !method.name.startsWith("<")
                && !method.name.equals("$deserializeLambda$");
    }

    /** A name for a companion before its content is known; nothing has it. */
    static String placeholder(String owner) {
        return owner + "$jlp$";
    }

    /** The companions of the classes with these names, ready to be defined. */
    List<AddedClass> classes(Iterable<String> owners) throws BuildProblem {
        List<AddedClass> classes = new ArrayList<>();
        for (String owner : owners) {
            SortedSet<MethodId> methods = moved.get(owner);
            if (methods != null) {
                ClassNode companion = companion(owner, methods);
                classes.add(new AddedClass(companion.name, ClassFiles.write(companion)));
            }
        }
        return classes;
    }

    /** A copy of the body that calls moved methods where they are now. */
    MethodNode redirect(MethodNode body) {
        MethodNode copy = ClassFiles.copy(body);
        for (AbstractInsnNode node : copy.instructions) {
            if (node instanceof MethodInsnNode call && isMoved(call.owner, call.name, call.desc)) {
                boolean instance = call.getOpcode() != Opcodes.INVOKESTATIC;
                call.desc = descriptor(call.owner, call.desc, instance);
                call.owner = name(call.owner);
                call.itf = false;
                call.setOpcode(Opcodes.INVOKESTATIC);
            } else if (node instanceof InvokeDynamicInsnNode site) {
                for (int i = 0; i < site.bsmArgs.length; i++) {
                    site.bsmArgs[i] = redirect(site.bsmArgs[i]);
                }
            } else if (node instanceof LdcInsnNode load) {
                load.cst = redirect(load.cst);
            }
        }
        return copy;
    }

    private Object redirect(Object constant) {
        if (constant instanceof Handle handle
                && isMoved(handle.getOwner(), handle.getName(), handle.getDesc())) {
            boolean instance = handle.getTag() != Opcodes.H_INVOKESTATIC;
            return new Handle(
                    Opcodes.H_INVOKESTATIC,
                    name(handle.getOwner()),
                    handle.getName(),
                    descriptor(handle.getOwner(), handle.getDesc(), instance),
                    false);
        }
        return constant;
    }

    private ClassNode companion(String owner, SortedSet<MethodId> methods) throws BuildProblem {
        ClassNode after = known(world.after(owner), owner);
        ClassNode companion = new ClassNode();
        companion.version = after.version;
        companion.access =
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        companion.name = name(owner);
        companion.superName = "java/lang/Object";
        companion.sourceFile = after.sourceFile;
        for (MethodId id : methods) {
            MethodNode method = ClassFiles.method(after, id.name(), id.descriptor());
            if (method != null) {
                MethodNode copy = redirect(method);
                copy.desc = descriptor(
                        owner, copy.desc, !ClassFiles.has(method.access, Opcodes.ACC_STATIC));
                copy.signature = null;
                copy.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
                copy.visibleParameterAnnotations = null;
                copy.invisibleParameterAnnotations = null;
                companion.methods.add(copy);
            }
        }
        return companion;
    }

    private boolean isMoved(String owner, String name, String descriptor) {
        SortedSet<MethodId> methods = moved.get(owner);
        return methods != null && methods.contains(new MethodId(name, descriptor));
    }

    private String name(String owner) {
        return names.getOrDefault(owner, owner);
    }

    private static String descriptor(String owner, String descriptor, boolean instance) {
        return instance ? "(L" + owner + ";" + descriptor.substring(1) : descriptor;
    }

    /** Another content has another name: a class is defined once in the life of its loader. */
    private String contentHash(String owner) throws BuildProblem {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(ClassFiles.write(known(world.before(owner), owner)));
        content.writeBytes(ClassFiles.write(known(world.after(owner), owner)));
        content.writeBytes(moved.toString().getBytes(StandardCharsets.UTF_8));
        return PatchFile.digest(content.toByteArray()).substring(0, 12);
    }

    private static ClassNode known(@Nullable ClassNode type, String name) throws BuildProblem {
        if (type == null) {
            throw new BuildProblem("the class '" + name + "' is missing");
        }
        return type;
    }
}
