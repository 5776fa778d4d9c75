package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many bytes the bodies of a class have. */
final class CodeSizes {

    private CodeSizes() {}

    static Map<MethodId, Integer> of(byte[] classFile) {
        Map<MethodId, Integer> sizes = new LinkedHashMap<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return evaluator(new MethodId(name, descriptor), sizes);
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return sizes;
    }

    private static CodeSizeEvaluator evaluator(MethodId id, Map<MethodId, Integer> sizes) {
        return new CodeSizeEvaluator(null) {
            @Override
            public void visitEnd() {
                sizes.put(id, getMaxSize());
            }
        };
    }
}
