package dev.jlp.benchmarks;

import dev.jlp.benchmarks.server.Fix;
import dev.jlp.builder.BuildProblem;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One fix of the server's hottest methods in the form that each tool takes.
 *
 * @param fixed the changed classes as a jar, for a plain redefinition
 * @param patch named {@code hot}
 * @param rules for Byteman
 */
record HotFix(Path fixed, Path patch, String rules) {

    static HotFix make(Releases releases) throws IOException, BuildProblem {
        Map<String, byte[]> originals = new TreeMap<>();
        Map<String, byte[]> fixes = new TreeMap<>();
        for (Map.Entry<String, List<String>> type : Fix.methods().entrySet()) {
            String file = type.getKey().replace('.', '/') + ".class";
            byte[] original = read(file);
            originals.put(file, original);
            fixes.put(file, fixed(original, type.getValue()));
        }
        Path original = releases.write("hot", originals);
        Path fixed = releases.write("hot-fixed", fixes);
        return new HotFix(fixed, releases.patch("hot", original, fixed), byteman());
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = HotFix.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new FileNotFoundException(file);
            }
            return in.readAllBytes();
        }
    }

    private static byte[] fixed(byte[] original, List<String> methods) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new InFront(writer, methods), 0);
        return writer.toByteArray();
    }

    /** Calls the fix in front of each of the methods; that needs no stack of its own. */
    private static final class InFront extends ClassVisitor {
        private final List<String> methods;

        InFront(ClassVisitor next, List<String> methods) {
            super(Opcodes.ASM9, next);
            this.methods = methods;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return !methods.contains(name)
                    ? next
                    : new MethodVisitor(Opcodes.ASM9, next) {
                        @Override
                        public void visitCode() {
                            super.visitCode();
                            super.visitMethodInsn(
                                    Opcodes.INVOKESTATIC,
                                    Fix.class.getName().replace('.', '/'),
                                    "ran",
                                    "()V",
                                    false);
                        }
                    };
        }
    }

    private static String byteman() {
        StringBuilder rules = new StringBuilder();
        Fix.methods()
                .forEach((type, methods) -> methods.forEach(method -> rules.append("RULE ")
                        .append(type + "." + method)
                        .append("\nCLASS " + type)
                        .append("\nMETHOD " + method)
                        .append("\nAT ENTRY\nIF true\nDO " + Fix.class.getName() + ".ran()")
                        .append("\nENDRULE\n\n")));
        return rules.toString();
    }
}
