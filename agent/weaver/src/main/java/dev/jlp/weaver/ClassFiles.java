package dev.jlp.weaver;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

import java.util.function.Supplier;

/** Small facts about class files. */
public final class ClassFiles {

    /** The newest class files that the reader knows: Java 28. */
    private static final int MAJOR_MAX = 72;

    private ClassFiles() {}

    /** The major version, without parsing anything else. */
    public static int major(byte[] classFile) {
        return (classFile[6] & 0xFF) << 8 | (classFile[7] & 0xFF);
    }

    /** Refuses what the reader would fail on in the middle of a transformation. */
    public static void requireReadable(byte[] classFile) throws WeavingProblem {
        if (classFile.length < 24
                || classFile[0] != (byte) 0xCA
                || classFile[1] != (byte) 0xFE
                || classFile[2] != (byte) 0xBA
                || classFile[3] != (byte) 0xBE) {
            throw new WeavingProblem("not a class file");
        }
        if (major(classFile) > MAJOR_MAX) {
            throw new WeavingProblem("class file version " + major(classFile) + " is newer than "
                    + MAJOR_MAX + ", the newest that is understood");
        }
    }

    /** Parses a class without frames; for comparisons. */
    public static ClassNode parse(byte[] classFile) throws WeavingProblem {
        requireReadable(classFile);
        return sound(() -> {
            ClassNode type = new ClassNode();
            new ClassReader(classFile)
                    .accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return type;
        });
    }

    /**
     * What comes of reading a class file, or of what was read: the reader takes it as it is, so what is
     * damaged shows anywhere behind it, as an exception of any kind.
     */
    static <T> T sound(Supplier<T> reading) throws WeavingProblem {
        try {
            return reading.get();
        } catch (RuntimeException damaged) {
            throw damaged(damaged);
        }
    }

    static WeavingProblem damaged(RuntimeException found) {
        return new WeavingProblem("a class file that does not parse: " + found, found);
    }

    /** The name that a class file gives itself; empty if it can't be read. */
    public static String name(byte[] classFile) {
        try {
            requireReadable(classFile);
            return new ClassReader(classFile).getClassName();
        } catch (WeavingProblem | RuntimeException malformed) {
            return "";
        }
    }

    /**
     * As {@link #refusing}, for a definition that names no class, so that any name would do: the JVM calls
     * this one illegal.
     */
    public static byte[] malformed(String sentence) {
        return named(sentence + ";");
    }

    /**
     * A class file whose name is a sentence. Returned by a transformer it makes the JVM refuse the class
     * that is being defined, with that sentence in the error; an exception would be swallowed.
     */
    public static byte[] refusing(String sentence) {
        String name = sentence.replace(';', ',')
                .replace('[', '(')
                .replace('.', '/')
                .replaceAll("(?<!\\w)/|/(?!\\w)", " "); // legal between words only
        return named(name);
    }

    private static byte[] named(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        return writer.toByteArray();
    }
}
