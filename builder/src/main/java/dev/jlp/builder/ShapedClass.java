package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The original class with new bodies: what stock redefinition accepts. */
final class ShapedClass {

    private ShapedClass() {}

    /** The members and attributes of the one class, the source file of the other, these bodies. */
    static ClassNode shape(ClassNode before, ClassNode after, Map<MethodId, MethodNode> bodies) {
        ClassNode shaped = new ClassNode();
        before.accept(shaped);
        shaped.sourceFile = after.sourceFile;
        shaped.sourceDebug = after.sourceDebug;
        shaped.methods.replaceAll(method -> {
            MethodNode body = bodies.get(new MethodId(method.name, method.desc));
            return body == null ? method : ClassFiles.copy(body);
        });
        checkSameShape(before, shaped);
        return shaped;
    }

    /** Stops the build if the two classes differ in anything that a redefinition can't change. */
    static void checkSameShape(ClassNode before, ClassNode after) {
        boolean same = before.version == after.version
                && before.access == after.access
                && before.name.equals(after.name)
                && Objects.equals(before.superName, after.superName)
                && before.interfaces.equals(after.interfaces)
                && Objects.equals(before.nestHostClass, after.nestHostClass)
                && Objects.equals(before.nestMembers, after.nestMembers)
                && Objects.equals(before.permittedSubclasses, after.permittedSubclasses)
                && (before.recordComponents == null) == (after.recordComponents == null)
                && inner(before).toList().equals(inner(after).toList())
                && fields(before).toList().equals(fields(after).toList())
                && methods(before).toList().equals(methods(after).toList());
        if (!same) {
            throw new IllegalStateException(
                    "the new class '" + after.name + "' has not the shape of the original");
        }
    }

    private static Stream<String> inner(ClassNode type) {
        return type.innerClasses.stream().map((InnerClassNode i) -> i.name + i.access);
    }

    private static Stream<String> fields(ClassNode type) {
        return type.fields.stream().map((FieldNode f) -> f.access + f.name + ":" + f.desc);
    }

    private static Stream<String> methods(ClassNode type) {
        return type.methods.stream().map((MethodNode m) -> m.access + m.name + m.desc);
    }
}
