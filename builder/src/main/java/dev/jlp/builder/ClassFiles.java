package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Class files as trees and back. */
final class ClassFiles {

    private ClassFiles() {}

    static ClassNode parse(byte[] bytes, String what) throws BuildProblem {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new BuildProblem("the class " + what + " can't be read: " + broken, broken);
        }
        return node;
    }

    /** Writes a class with the constants of another first, in their order. */
    static byte[] write(ClassNode node, byte[] constantsOf) {
        ClassWriter writer = new ClassWriter(new ClassReader(constantsOf), 0);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** Writes a class that was made, with the stack and locals that it needs. */
    static byte[] writeMade(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    static byte[] write(ClassNode node) {
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    static MethodNode copy(MethodNode method) {
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                method.access,
                method.name,
                method.desc,
                method.signature,
                method.exceptions.toArray(new String[0]));
        method.accept(copy);
        return copy;
    }

    static @Nullable MethodNode method(ClassNode type, String name, String descriptor) {
        for (MethodNode method : type.methods) {
            if (method.name.equals(name) && method.desc.equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    static boolean has(int access, int flag) {
        return (access & flag) != 0;
    }

    static String packageOf(String className) {
        int slash = className.lastIndexOf('/');
        return slash < 0 ? "" : className.substring(0, slash);
    }
}
