package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An added class that can't be below its superclass, and what it becomes there.
 *
 * @param type the class as the fixed release has it
 * @param into its superclass, whose objects take its place
 * @param kind what tells its objects from others
 * @param marks how many numbers more its constructors take than they did, so that no two are the same
 * @param overriding methods of its superclass that it has a body of its own for
 * @param keepsOld whether objects made before keep their old bodies of those
 */
record Flattened(
        ClassNode type,
        String into,
        int kind,
        int marks,
        SortedSet<MethodId> overriding,
        boolean keepsOld) {

    /** The shadow field that holds the kind. */
    static final String KIND = "kind$jlp";

    String name() {
        return type.name;
    }

    /** The class that has its static members. */
    String statics() {
        return type.name + "$statics";
    }

    /** Tells its members from those of the superclass. */
    String member(String name) {
        return type.name.substring(type.name.lastIndexOf('/') + 1) + "$" + name;
    }

    /** The static method that says whether an object is of this kind. */
    String test() {
        return member("is$");
    }

    /** The static method that casts. */
    String cast() {
        return member("as$");
    }

    String constructor(String descriptor) {
        return descriptor.replace(")", "I".repeat(marks) + ")");
    }

    /** Its constructors, as its superclass gets them. */
    SortedSet<MethodId> constructors() {
        SortedSet<MethodId> found = new TreeSet<>();
        for (MethodNode method : type.methods) {
            if (method.name.equals("<init>")) {
                found.add(new MethodId("<init>", constructor(method.desc)));
            }
        }
        return found;
    }

    boolean hasStatics() {
        return type.methods.stream()
                        .anyMatch(method -> ClassFiles.has(method.access, Opcodes.ACC_STATIC))
                || type.fields.stream()
                        .anyMatch(field -> ClassFiles.has(field.access, Opcodes.ACC_STATIC));
    }

    /** Whether the member is one of the class itself, static or not. */
    boolean declares(String name, String descriptor, boolean isStatic) {
        Integer access = Hierarchy.declared(type, name, descriptor);
        return access != null && ClassFiles.has(access, Opcodes.ACC_STATIC) == isStatic;
    }

    /** Whether an instance method gets another name: no call by the superclass's name means it. */
    boolean isOwn(String name, String descriptor) {
        return declares(name, descriptor, false)
                && !name.equals("<init>")
                && !overriding.contains(new MethodId(name, descriptor));
    }

    /** The static members alone. */
    ClassNode staticPart() {
        ClassNode part = new ClassNode();
        part.version = type.version;
        part.access =
                Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC | (type.access & Opcodes.ACC_PUBLIC);
        part.name = statics();
        part.superName = "java/lang/Object";
        part.sourceFile = type.sourceFile;
        for (FieldNode field : type.fields) {
            if (ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
                field.access &= ~Opcodes.ACC_PRIVATE;
                part.fields.add(field);
            }
        }
        for (MethodNode method : type.methods) {
            if (ClassFiles.has(method.access, Opcodes.ACC_STATIC)) {
                method.access &= ~Opcodes.ACC_PRIVATE;
                part.methods.add(method);
            }
        }
        return part;
    }
}
