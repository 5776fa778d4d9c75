package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts bodies into a class. Methods that are not named stay as they are, byte for byte; members,
 * modifiers and class attributes are always those of the base, since redefinition accepts no others.
 */
public final class Weaver {

    private Weaver() {}

    /**
     * The base class with these bodies.
     *
     * @param base the class file whose shape the JVM knows
     * @param weaves methods to be given a body, or both bodies
     * @param transition number that armed bodies hand to the bridge
     * @throws WeavingProblem if a method is missing or does not fit into a class file
     */
    public static byte[] weave(byte[] base, List<Weave> weaves, int transition)
            throws WeavingProblem {
        Map<MethodId, MethodNode> woven = new HashMap<>();
        Bodies bodies = new Bodies();
        ClassReader reader = reader(base);
        for (Weave weave : weaves) {
            MethodNode newBody = bodies.take(weave.newBody(), weave.method());
            woven.put(
                    weave.method(),
                    !weave.armed()
                            ? newBody
                            : ArmedMethod.merge(
                                    reader.getClassName(),
                                    bodies.take(weave.oldBody(), weave.method()),
                                    newBody,
                                    transition));
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        Replacing replacing = new Replacing(writer, woven, ClassFiles.major(base));
        try {
            reader.accept(replacing, 0);
            byte[] result = writer.toByteArray();
            replacing.requireAllFound(reader.getClassName());
            return result;
        } catch (MethodTooLargeException | ClassTooLargeException tooLarge) {
            throw new WeavingProblem(
                    "'" + reader.getClassName().replace('/', '.') + "' can't hold both bodies: "
                            + tooLarge.getMessage(),
                    tooLarge);
        }
    }

    private static ClassReader reader(byte[] classFile) throws WeavingProblem {
        ClassFiles.requireReadable(classFile);
        return new ClassReader(classFile);
    }

    /** Fresh copies of methods: merging moves instructions from one method to another. */
    private static final class Bodies {

        private final IdentityHashMap<byte[], Map<MethodId, MethodNode>> parsed =
                new IdentityHashMap<>();

        MethodNode take(byte[] classFile, MethodId method) throws WeavingProblem {
            MethodNode taken = null;
            Map<MethodId, MethodNode> known = parsed.get(classFile);
            if (known != null) {
                taken = known.remove(method);
            }
            if (taken == null) {
                known = parse(classFile);
                parsed.put(classFile, known);
                taken = known.remove(method);
            }
            if (taken == null) {
                throw new WeavingProblem("no body for '" + method + "'");
            }
            return taken;
        }

        private static Map<MethodId, MethodNode> parse(byte[] classFile) throws WeavingProblem {
            ClassNode type = new ClassNode();
            reader(classFile).accept(type, ClassReader.EXPAND_FRAMES);
            Map<MethodId, MethodNode> methods = new HashMap<>();
            for (MethodNode method : type.methods) {
                methods.put(new MethodId(method.name, method.desc), method);
            }
            return methods;
        }
    }

    /** Copies the base and puts the woven methods in the place of those of the same name. */
    private static final class Replacing extends ClassVisitor {

        private final Map<MethodId, MethodNode> woven;
        private final int major;
        private int found;

        Replacing(ClassVisitor writer, Map<MethodId, MethodNode> woven, int major) {
            super(Opcodes.ASM9, writer);
            this.woven = woven;
            this.major = major;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodNode body = woven.get(new MethodId(name, descriptor));
            if (body == null) {
                return super.visitMethod(access, name, descriptor, signature, exceptions);
            }
            found++;
            if (major < Opcodes.V1_6) {
                ArmedMethod.dropFrames(body);
            }
            body.accept(super.visitMethod(
                    access,
                    name,
                    descriptor,
                    body.signature,
                    body.exceptions.toArray(String[]::new)));
            return null;
        }

        void requireAllFound(String className) throws WeavingProblem {
            if (found != woven.size()) {
                throw new WeavingProblem(
                        "'" + className.replace('/', '.') + "' in the JVM lacks a patched method");
            }
        }
    }
}
