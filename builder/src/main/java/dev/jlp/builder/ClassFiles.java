package dev.jlp.builder;

import dev.jlp.weaver.Fingerprints;
import dev.jlp.weaver.Reference;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicVerifier;

/** Class files as trees and back. */
final class ClassFiles {

    private ClassFiles() {}

    static ClassNode parse(byte[] bytes, String what) throws BuildProblem {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException broken) {
            throw new BuildProblem("the class " + what + " can't be read: " + broken, broken);
        }
        return node;
    }

    /**
     * Refuses a class that parses and is damaged: a name that is none, a type that is none, code without an
     * instruction. The JVM would refuse it; here it would be an exception anywhere. Generic signatures are not
     * looked at, since the JVM does not look at them either.
     */
    static void requireSound(byte[] bytes, String what) throws BuildProblem {
        ClassNode node = parse(bytes, what);
        try {
            for (MethodNode method : node.methods) {
                requireSound(node, method);
            }
            node.signature = null;
            node.fields.forEach(field -> field.signature = null);
            node.accept(new ClassRemapper(new ClassWriter(0), new Remapper(Opcodes.ASM9) {}));
            Fingerprints.ofMethods(parse(bytes, what));
        } catch (ClassTooLargeException | MethodTooLargeException tooLarge) {
            throw tooLarge;
        } catch (RuntimeException
                | AssertionError damaged) { // the analyzer asserts what it expects
            throw new BuildProblem("the class " + what + " is damaged: " + damaged, damaged);
        }
    }

    private static void requireSound(ClassNode type, MethodNode method) {
        boolean bodiless =
                has(method.access, Opcodes.ACC_ABSTRACT) || has(method.access, Opcodes.ACC_NATIVE);
        if (!method.desc.startsWith("(") || (!bodiless && method.instructions.size() == 0)) {
            throw new IllegalArgumentException(
                    "'" + method.name + "' has no code, or no types of arguments");
        }
        method.signature = null;
        method.localVariables = null;
        Reference.links(method);
        try {
            new Analyzer<>(new BasicVerifier()).analyze(type.name, method);
        } catch (AnalyzerException unusual) {
            // The JVM has the last word on what a method does with its values.
        }
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

    /**
     * How much of a stack a body needs, and no more: C1 inlines only methods that need little, so what is
     * asked for in excess is paid for by every call.
     */
    static int stackOf(MethodNode body) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, 0, "Body", null, "java/lang/Object", null);
        body.accept(writer);
        try {
            ClassNode read = new ClassNode();
            new ClassReader(writer.toByteArray()).accept(read, ClassReader.SKIP_DEBUG);
            return read.methods.get(0).maxStack;
        } catch (ClassTooLargeException | MethodTooLargeException tooLarge) {
            return body.maxStack; // refused where the class is written
        }
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
