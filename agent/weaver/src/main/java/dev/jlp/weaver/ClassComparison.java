package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.tree.ClassNode;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether two class files are the same class: the same shape, and the same bodies by {@code fp1}. */
public final class ClassComparison {

    private ClassComparison() {}

    /** Whether redefinition would take one for the other: members, modifiers and hierarchy. */
    public static boolean sameShape(ClassNode a, ClassNode b) {
        return a.access == b.access
                && Objects.equals(a.superName, b.superName)
                && a.interfaces.equals(b.interfaces)
                && fields(a).equals(fields(b))
                && methods(a).equals(methods(b));
    }

    /** Whether they have the same shape and every method the same fingerprint. */
    public static boolean same(ClassNode a, ClassNode b) {
        return sameShape(a, b) && Fingerprints.ofMethods(a).equals(Fingerprints.ofMethods(b));
    }

    /** The methods whose fingerprints differ, those that only one of them has included. */
    public static Set<MethodId> differing(Map<MethodId, String> a, Map<MethodId, String> b) {
        Set<MethodId> all = new TreeSet<>(a.keySet());
        all.addAll(b.keySet());
        all.removeIf(method -> Objects.equals(a.get(method), b.get(method)));
        return all;
    }

    private static Set<String> fields(ClassNode type) {
        return type.fields.stream()
                .map(field -> field.access + " " + field.name + " " + field.desc)
                .collect(Collectors.toSet());
    }

    private static Set<List<Object>> methods(ClassNode type) {
        return type.methods.stream()
                .map(method -> List.<Object>of(method.access, method.name, method.desc))
                .collect(Collectors.toSet());
    }
}
