package dev.jlp.builder;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * Finds for each method that a compiler made and numbered its counterpart in the original class: by content; for lambda
 * bodies, by content and order in the method around them first. Where that method makes more or fewer
 * of them than it did, the order tells nothing: an object of the one must never run the code of another, so those are
 * new, and objects made before keep what they have.
 */
final class MemberMatching {

    /** Put behind the name of a method that has no counterpart but the name of another one. */
    static final String UNMATCHED = "$new";

    private final ClassNode before;
    private final ClassNode after;
    private final Map<MethodId, String> bodiesBefore;
    private final Map<MethodId, String> bodiesAfter;
    private final Map<MethodNode, String> placesBefore;
    private final Map<MethodNode, String> placesAfter;
    private final List<MethodNode> openBefore;
    private final List<MethodNode> openAfter;
    private final Map<MethodNode, MethodNode> matches = new LinkedHashMap<>();

    private MemberMatching(ClassNode before, ClassNode after) {
        this.before = before;
        this.after = after;
        this.bodiesBefore = Fingerprints.ofMethods(NumberedNames.comparable(before));
        this.bodiesAfter = Fingerprints.ofMethods(NumberedNames.comparable(after));
        this.placesBefore = LambdaPlaces.of(before, after);
        this.placesAfter = LambdaPlaces.of(after, before);
        this.openBefore = numbered(before, placesBefore);
        this.openAfter = numbered(after, placesAfter);
    }

    /** Adds the renames that give the fixed class the original's names. */
    static void match(ClassNode before, ClassNode after, Renames renames) {
        if (after.methods.stream().noneMatch(NumberedNames::isNumbered)) {
            return;
        }
        new MemberMatching(before, after).match(renames);
    }

    private void match(Renames renames) {
        pair((b, a) -> b.name.equals(a.name) && samePlace(b, a) && sameBody(b, a));
        pair((b, a) -> samePlace(b, a) && sameBody(b, a));
        pairByOrder();
        pair(this::sameBody); // last: another method may make what one has made no more
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
                    match(b, a);
                    break;
                }
            }
        }
    }

    private void match(MethodNode b, MethodNode a) {
        matches.put(a, b);
        openAfter.remove(a);
        openBefore.remove(b);
    }

    private void pairByOrder() {
        Map<String, List<MethodNode>> were = byPlace(openBefore, placesBefore);
        byPlace(openAfter, placesAfter).forEach((place, are) -> {
            List<MethodNode> counterparts = were.getOrDefault(place, List.of());
            if (counterparts.size() == are.size()) {
                for (int i = 0; i < are.size(); i++) {
                    if (sameSignature(counterparts.get(i), are.get(i))) {
                        match(counterparts.get(i), are.get(i));
                    }
                }
            }
        });
    }

    /** The lambdas of each method, in its order. */
    private static Map<String, List<MethodNode>> byPlace(
            List<MethodNode> open, Map<MethodNode, String> places) {
        Map<String, List<MethodNode>> found = new LinkedHashMap<>();
        for (MethodNode method : open) {
            String place = places.get(method);
            if (place != null) {
                found.computeIfAbsent(place, none -> new ArrayList<>()).add(method);
            }
        }
        return found;
    }

    private static boolean sameSignature(MethodNode b, MethodNode a) {
        return b.desc.equals(a.desc) && ((b.access ^ a.access) & Opcodes.ACC_STATIC) == 0;
    }

    /** Accessors have none. */
    private boolean samePlace(MethodNode b, MethodNode a) {
        return Objects.equals(placesBefore.get(b), placesAfter.get(a));
    }

    private boolean sameBody(MethodNode b, MethodNode a) {
        String bodyBefore = bodiesBefore.get(compared(b));
        return bodyBefore != null && bodyBefore.equals(bodiesAfter.get(compared(a)));
    }

    private static MethodId compared(MethodNode method) {
        return new MethodId(NumberedNames.comparable(method.name), method.desc);
    }

    /** In the order in which lambdas are made. */
    private static List<MethodNode> numbered(ClassNode type, Map<MethodNode, String> places) {
        List<MethodNode> methods = new ArrayList<>(places.keySet());
        for (MethodNode method : type.methods) {
            if (NumberedNames.isNumbered(method) && !places.containsKey(method)) {
                methods.add(method);
            }
        }
        return methods;
    }
}
