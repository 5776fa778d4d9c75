package dev.jlp.builder;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Finds for each method that javac made and numbered its counterpart in the original class: first by
 * content, then, for lambda bodies, by the method around them and their order in it.
 */
final class MemberMatching {

    /** Put behind the name of a method that has no counterpart but the name of another one. */
    private static final String UNMATCHED = "$new";

    private final ClassNode before;
    private final ClassNode after;
    private final Map<MethodId, String> bodiesBefore;
    private final Map<MethodId, String> bodiesAfter;
    private final List<MethodNode> openBefore;
    private final List<MethodNode> openAfter;
    private final Map<MethodNode, MethodNode> matches = new LinkedHashMap<>();

    private MemberMatching(ClassNode before, ClassNode after) {
        this.before = before;
        this.after = after;
        this.bodiesBefore = Fingerprints.ofMethods(before);
        this.bodiesAfter = Fingerprints.ofMethods(after);
        this.openBefore = numbered(before);
        this.openAfter = numbered(after);
    }

    /** Adds the renames that give the fixed class the original's names. */
    static void match(ClassNode before, ClassNode after, Renames renames) {
        if (numbered(after).isEmpty()) {
            return;
        }
        new MemberMatching(before, after).match(renames);
    }

    static boolean isNumbered(MethodNode method) {
        return ClassFiles.has(method.access, Opcodes.ACC_SYNTHETIC)
                && (method.name.startsWith("lambda$") || method.name.startsWith("access$"));
    }

    private void match(Renames renames) {
        pair((b, a) -> b.name.equals(a.name) && sameBody(b, a));
        pair((b, a) -> enclosing(b).equals(enclosing(a)) && sameBody(b, a));
        pair(this::sameBody);
        pair((b, a) -> isLambda(b) && isLambda(a) && enclosing(b).equals(enclosing(a)));
        matches.forEach((a, b) -> rename(renames, a, b.name));
        for (MethodNode added : openAfter) {
            if (ClassFiles.method(before, added.name, added.desc) != null) {
                rename(renames, added, added.name + UNMATCHED);
            }
        }
    }

    private void rename(Renames renames, MethodNode method, String name) {
        if (!method.name.equals(name)) {
            renames.add(after.name, method.name, method.desc, name);
        }
    }

    private void pair(BiPredicate<MethodNode, MethodNode> alike) {
        for (MethodNode a : List.copyOf(openAfter)) {
            for (MethodNode b : openBefore) {
                if (sameSignature(b, a) && alike.test(b, a)) {
                    matches.put(a, b);
                    openAfter.remove(a);
                    openBefore.remove(b);
                    break;
                }
            }
        }
    }

    private static boolean sameSignature(MethodNode b, MethodNode a) {
        return b.desc.equals(a.desc) && ((b.access ^ a.access) & Opcodes.ACC_STATIC) == 0;
    }

    private boolean sameBody(MethodNode b, MethodNode a) {
        String bodyBefore = bodiesBefore.get(new MethodId(b.name, b.desc));
        String bodyAfter = bodiesAfter.get(new MethodId(a.name, a.desc));
        return bodyBefore != null && bodyBefore.equals(bodyAfter);
    }

    private static List<MethodNode> numbered(ClassNode type) {
        List<MethodNode> methods = new ArrayList<>();
        for (MethodNode method : type.methods) {
            if (isNumbered(method)) {
                methods.add(method);
            }
        }
        methods.sort(Comparator.comparingInt(MemberMatching::number));
        return methods;
    }

    private static boolean isLambda(MethodNode method) {
        return method.name.startsWith("lambda$");
    }

    /** {@code lambda$run$} of {@code lambda$run$12}. */
    private static String enclosing(MethodNode method) {
        return method.name.substring(0, method.name.lastIndexOf('$') + 1);
    }

    private static int number(MethodNode method) {
        String digits = method.name.substring(method.name.lastIndexOf('$') + 1);
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
