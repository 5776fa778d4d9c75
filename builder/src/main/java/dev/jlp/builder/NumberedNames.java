package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.regex.Pattern;

/**
 * Methods that compilers make and number: {@code lambda$run$0} of javac, {@code lambda$0} of ECJ, {@code run$lambda$0}
 * of Kotlin, {@code access$000}. One more of them shifts the numbers of all behind it, so their names say nothing.
 */
final class NumberedNames {

    /** Kotlin's, whose methods are not marked as synthetic; 1.5 to 1.7 wrote a dash. */
    private static final Pattern KOTLIN = Pattern.compile(".+\\$lambda[$-][0-9]+");

    private NumberedNames() {}

    static boolean isNumbered(MethodNode method) {
        return isLambda(method) || (isSynthetic(method) && method.name.startsWith("access$"));
    }

    static boolean isLambda(MethodNode method) {
        return (isSynthetic(method) && method.name.startsWith("lambda$")) || isKotlin(method);
    }

    /** Whether such a method may be called so, or have got this name for want of a counterpart. */
    static boolean isNumbered(String member) {
        int end = member.indexOf('(');
        String name = end < 0 ? member : member.substring(0, end);
        String plain = name.endsWith(MemberMatching.UNMATCHED)
                ? name.substring(0, name.length() - MemberMatching.UNMATCHED.length())
                : name;
        return plain.startsWith("lambda$")
                || plain.startsWith("access$")
                || KOTLIN.matcher(plain).matches();
    }

    /** The class with all of them under names by which a fingerprint knows them. */
    static ClassNode comparable(ClassNode type) {
        if (type.methods.stream().noneMatch(NumberedNames::isKotlin)) {
            return type;
        }
        ClassNode renamed = new ClassNode();
        type.accept(new ClassRemapper(renamed, new Remapper(Opcodes.ASM9) {
            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return owner.equals(type.name) ? comparable(name) : name;
            }
        }));
        for (int i = 0; i < type.methods.size(); i++) {
            if (isKotlin(type.methods.get(i))) {
                renamed.methods.get(i).access |= Opcodes.ACC_SYNTHETIC;
            }
        }
        return renamed;
    }

    /** The name that a method has in the comparable class. */
    static String comparable(String name) {
        return KOTLIN.matcher(name).matches() ? "lambda$" + name : name;
    }

    private static boolean isKotlin(MethodNode method) {
        return ClassFiles.has(method.access, Opcodes.ACC_STATIC)
                && KOTLIN.matcher(method.name).matches();
    }

    private static boolean isSynthetic(MethodNode method) {
        return ClassFiles.has(method.access, Opcodes.ACC_SYNTHETIC);
    }
}
