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
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts bodies into a class. Methods that are not named stay as they are, byte for byte; members,
 * modifiers and class attributes are always those of the base, since redefinition accepts no others.
 */
public final class Weaver {

    private Weaver() {}

    /**
     * The base class with these bodies. If a method can't hold both of its bodies, the old one is
     * outlined; the new one if the old one can't be; both if each of them fills a method by itself.
     *
     * @param base the class file whose shape the JVM knows
     * @param weaves methods to be given a body, or both bodies
     * @param transition number that armed bodies hand to the bridge
     * @throws WeavingProblem if a method is missing, is damaged or does not fit into a class file
     */
    public static Woven weave(byte[] base, List<Weave> weaves, int transition)
            throws WeavingProblem {
        Map<MethodId, Placement> placements = new HashMap<>();
        while (true) {
            try {
                return weave(base, weaves, transition, placements);
            } catch (MethodTooLargeException tooLarge) {
                MethodId method = new MethodId(tooLarge.getMethodName(), tooLarge.getDescriptor());
                Placement placement = placements.getOrDefault(method, Placement.WITHIN);
                if (placement == Placement.BOTH_OUT || !isArmed(weaves, method)) {
                    throw tooLarge(base, tooLarge);
                }
                placements.put(
                        method,
                        placement == Placement.WITHIN ? Placement.ONE_OUT : Placement.BOTH_OUT);
            } catch (ClassTooLargeException tooLarge) {
                throw tooLarge(base, tooLarge);
            } catch (RuntimeException damaged) {
                throw ClassFiles.damaged(damaged);
            }
        }
    }

    private static boolean isArmed(List<Weave> weaves, MethodId method) {
        return weaves.stream().anyMatch(weave -> weave.armed() && weave.method().equals(method));
    }

    private static WeavingProblem tooLarge(byte[] base, RuntimeException tooLarge)
            throws WeavingProblem {
        return new WeavingProblem(
                "'" + reader(base).getClassName().replace('/', '.') + "' can't hold both bodies: "
                        + tooLarge.getMessage(),
                tooLarge);
    }

    private static Woven weave(
            byte[] base, List<Weave> weaves, int transition, Map<MethodId, Placement> placements)
            throws WeavingProblem {
        ClassReader reader = reader(base);
        ArmedBodies armed = new ArmedBodies(reader, transition);
        Map<MethodId, MethodNode> woven = new HashMap<>();
        for (Weave weave : weaves) {
            Placement placement = placements.getOrDefault(weave.method(), Placement.WITHIN);
            woven.put(
                    weave.method(),
                    weave.armed() ? armed.arm(weave, placement) : armed.single(weave));
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        Replacing replacing = new Replacing(writer, woven, ClassFiles.major(base));
        reader.accept(replacing, 0);
        byte[] result = writer.toByteArray();
        replacing.requireAllFound(reader.getClassName());
        return new Woven(result, armed.outlined());
    }

    static ClassReader reader(byte[] classFile) throws WeavingProblem {
        ClassFiles.requireReadable(classFile);
        return ClassFiles.sound(() -> new ClassReader(classFile));
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
