package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class that is made for what a redefinition can't add to another one: in that one's package and loader,
 * public, with nothing but static members.
 */
final class Companion {

    /** Class files from here on can have call sites that are linked at their first call. */
    static final int CALL_SITES = Opcodes.V1_8;

    private final ClassNode node = new ClassNode();

    /**
     * A class without members.
     *
     * @param after the class it stands beside, in the fixed release
     * @param suffix what tells it from that one's other companions, until content gives it its name
     */
    Companion(ClassNode after, String suffix, int version) {
        node.version = version;
        node.access =
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        node.name = after.name + "$jlp$" + suffix;
        node.superName = "java/lang/Object";
        node.sourceFile = after.sourceFile;
    }

    String name() {
        return node.name;
    }

    int version() {
        return node.version & 0xFFFF;
    }

    ClassNode node() {
        return node;
    }

    /** The name, or one like it if a method of this descriptor has it. */
    String free(String name, String descriptor) {
        String free = name;
        for (int i = 2; ClassFiles.method(node, free, descriptor) != null; i++) {
            free = name + "$" + i;
        }
        return free;
    }

    /** A new static method that is in the class from now on; its code comes later. */
    MethodNode method(String name, String descriptor) {
        MethodNode method = new MethodNode(
                Opcodes.ASM9,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                free(name, descriptor),
                descriptor,
                null,
                null);
        node.methods.add(method);
        return method;
    }

    void constant(String name, String descriptor) {
        node.fields.add(new FieldNode(
                Opcodes.ASM9,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
                name,
                descriptor,
                null,
                null));
    }

    /** The static initialiser, which does nothing at first. */
    MethodNode initialiser() {
        MethodNode known = ClassFiles.method(node, "<clinit>", "()V");
        if (known != null) {
            return known;
        }
        MethodNode made =
                new MethodNode(Opcodes.ASM9, Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        made.instructions.add(new InsnNode(Opcodes.RETURN));
        node.methods.add(made);
        return made;
    }

    Call call(MethodNode method) {
        return new Call(name(), method.name, method.desc);
    }
}
