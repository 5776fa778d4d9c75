package dev.jlp.weaver;

import dev.jlp.bridge.JlpOutlined;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a class of one body, for a method that can't hold two.
 *
 * <p>As a nest mate the class may use what is private; what is inherited and may be protected, and
 * {@code super.x()}, it reaches through {@link JlpOutlined#member}. It extends the superclass of the
 * body's class: so protected static members are allowed, and an access that was overlooked fails to
 * verify instead of failing at the first call.
 */
final class Outliner {

    /** Call sites of others may depend on the class they are in. */
    private static final String KNOWN_BOOTSTRAPS = "java/lang/";

    /** Handles, their invokers and the call itself need slots of their own. */
    private static final int ARGUMENT_SLOTS_MAX = 250;

    private static final Handle MEMBER = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(JlpOutlined.class),
            "member",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "ILjava/lang/Class;Ljava/lang/Class;)Ljava/lang/invoke/CallSite;",
            false);

    private final ClassNode type = new ClassNode();
    private final Map<String, Integer> declared = new HashMap<>();

    /** An outliner for the bodies of one class, whose members are those of the base. */
    Outliner(ClassReader base) {
        base.accept(type, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        for (MethodNode method : type.methods) {
            declared.put(method.name + method.desc, method.access);
        }
        for (FieldNode field : type.fields) {
            declared.put(field.name + ":" + field.desc, field.access);
        }
    }

    /** The descriptor of the body on its own: the receiver comes first. */
    static String descriptor(String className, MethodNode method) {
        return (method.access & Opcodes.ACC_STATIC) != 0
                ? method.desc
                : withReceiver(className, method.desc);
    }

    /**
     * Takes a body out of its class.
     *
     * @param body changed by this
     * @param source the class file that the body is from
     */
    Outlined outline(MethodNode body, byte[] source) throws WeavingProblem {
        MethodId method = new MethodId(body.name, body.desc);
        requirePossible(body);
        for (AbstractInsnNode each : body.instructions.toArray()) {
            rewrite(body, each);
        }
        body.desc = descriptor(type.name, body);
        body.access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        body.signature = null;
        byte[] classFile = write(body, source);
        return new Outlined(method, key(classFile), classFile);
    }

    private void requirePossible(MethodNode body) throws WeavingProblem {
        if (body.name.startsWith("<")) {
            throw impossible(body, "it is a constructor or a static initialiser");
        }
        if ((type.version & 0xFFFF) < Opcodes.V1_7) {
            throw impossible(body, "the class file is older than version 51");
        }
        int slots = Type.getArgumentsAndReturnSizes(descriptor(type.name, body)) >> 2;
        if (slots > ARGUMENT_SLOTS_MAX) {
            throw impossible(body, "it has too many parameters");
        }
    }

    /** With the constants where the source has them: an instruction may be longer with another one. */
    private byte[] write(MethodNode body, byte[] source) throws WeavingProblem {
        ClassWriter writer = new ClassWriter(new ClassReader(source), 0);
        writer.visit(
                type.version,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                type.name + "$JlpOutlined",
                null,
                type.superName,
                null);
        body.accept(writer);
        try {
            return writer.toByteArray();
        } catch (MethodTooLargeException | ClassTooLargeException tooLarge) {
            throw impossible(body, "it is too large on its own");
        }
    }

    private void rewrite(MethodNode body, AbstractInsnNode node) throws WeavingProblem {
        if (node instanceof MethodInsnNode call) {
            rewriteCall(body, call);
        } else if (node instanceof FieldInsnNode access) {
            rewriteAccess(body, access);
        } else if (node instanceof InvokeDynamicInsnNode site) {
            requireIndependent(body, site.bsm);
            if (isSerializable(site)) {
                throw impossible(body, "it makes a serializable lambda");
            }
            for (int i = 0; i < site.bsmArgs.length; i++) {
                site.bsmArgs[i] = constant(body, site.bsmArgs[i]);
            }
        } else if (node instanceof LdcInsnNode load) {
            load.cst = constant(body, load.cst);
        } else if (node.getOpcode() == Opcodes.JSR || node.getOpcode() == Opcodes.RET) {
            throw impossible(body, "it has subroutines");
        }
    }

    private void rewriteCall(MethodNode body, MethodInsnNode call) throws WeavingProblem {
        if (call.name.equals("<init>") || call.owner.startsWith("[")) {
            return;
        }
        if (call.owner.equals("java/lang/invoke/MethodHandles") && call.name.equals("lookup")) {
            throw impossible(body, "it asks for a lookup of its own class");
        }
        boolean own = call.owner.equals(type.name);
        Integer access = own ? declared.get(call.name + call.desc) : null;
        int kind = 0;
        if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
            if (access != null && (access & Opcodes.ACC_PRIVATE) != 0) {
                call.setOpcode(call.itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL);
                return;
            }
            kind = Opcodes.H_INVOKESPECIAL;
        } else if (call.getOpcode() == Opcodes.INVOKEVIRTUAL
                && access == null
                && (own || isProtectedOfObject(call))) {
            kind = Opcodes.H_INVOKEVIRTUAL;
        }
        if (kind != 0) {
            body.instructions.set(
                    call, member(kind, call.owner, call.name, withReceiver(type.name, call.desc)));
        }
    }

    private static boolean isProtectedOfObject(MethodInsnNode call) {
        return call.owner.equals("java/lang/Object")
                && (call.name.equals("clone") || call.name.equals("finalize"));
    }

    private void rewriteAccess(MethodNode body, FieldInsnNode access) throws WeavingProblem {
        if (!access.owner.equals(type.name)) {
            return;
        }
        Integer flags = declared.get(access.name + ":" + access.desc);
        boolean writes =
                access.getOpcode() == Opcodes.PUTFIELD || access.getOpcode() == Opcodes.PUTSTATIC;
        if (flags != null && writes && (flags & Opcodes.ACC_FINAL) != 0) {
            throw impossible(body, "it writes the final field '" + access.name + "'");
        }
        if (flags == null && access.getOpcode() == Opcodes.GETFIELD) {
            String site = "(L" + type.name + ";)" + access.desc;
            body.instructions.set(
                    access, member(Opcodes.H_GETFIELD, access.owner, access.name, site));
        } else if (flags == null && access.getOpcode() == Opcodes.PUTFIELD) {
            String site = "(L" + type.name + ";" + access.desc + ")V";
            body.instructions.set(
                    access, member(Opcodes.H_PUTFIELD, access.owner, access.name, site));
        }
    }

    private InvokeDynamicInsnNode member(int kind, String owner, String name, String site) {
        return new InvokeDynamicInsnNode(
                name, site, MEMBER, kind, Type.getObjectType(owner), Type.getObjectType(type.name));
    }

    private Object constant(MethodNode body, Object constant) throws WeavingProblem {
        if (constant instanceof Handle handle) {
            return handle(body, handle);
        }
        if (constant instanceof ConstantDynamic dynamic) {
            requireIndependent(body, dynamic.getBootstrapMethod());
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = constant(body, dynamic.getBootstrapMethodArgument(i));
            }
            return new ConstantDynamic(
                    dynamic.getName(),
                    dynamic.getDescriptor(),
                    dynamic.getBootstrapMethod(),
                    arguments);
        }
        return constant;
    }

    private Handle handle(MethodNode body, Handle handle) throws WeavingProblem {
        boolean field = handle.getTag() <= Opcodes.H_PUTSTATIC;
        Integer access = handle.getOwner().equals(type.name)
                ? declared.get(handle.getName() + (field ? ":" : "") + handle.getDesc())
                : null;
        boolean own = handle.getOwner().equals(type.name);
        boolean special = handle.getTag() == Opcodes.H_INVOKESPECIAL;
        boolean ownPrivate = access != null && (access & Opcodes.ACC_PRIVATE) != 0;
        if ((own && access == null) || (special && !ownPrivate)) {
            throw impossible(
                    body, "it has a method reference to the inherited '" + handle.getName() + "'");
        }
        return !special
                ? handle
                : new Handle(
                        handle.isInterface() ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL,
                        handle.getOwner(),
                        handle.getName(),
                        handle.getDesc(),
                        handle.isInterface());
    }

    private void requireIndependent(MethodNode body, Handle bootstrap) throws WeavingProblem {
        if (!bootstrap.getOwner().startsWith(KNOWN_BOOTSTRAPS)) {
            throw impossible(
                    body, "it has a call site of '" + bootstrap.getOwner().replace('/', '.') + "'");
        }
    }

    private static boolean isSerializable(InvokeDynamicInsnNode site) {
        return site.bsm.getName().equals("altMetafactory")
                && site.bsmArgs.length > 3
                && site.bsmArgs[3] instanceof Integer flags
                && (flags & 1) != 0;
    }

    private WeavingProblem impossible(MethodNode body, String why) {
        return new WeavingProblem("'" + type.name.replace('/', '.') + "." + body.name
                + "' can't hold both bodies, and this one can't be outlined: " + why);
    }

    private static String withReceiver(String className, String descriptor) {
        return "(L" + className + ";" + descriptor.substring(1);
    }

    private static long key(byte[] classFile) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(classFile))
                    .getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
