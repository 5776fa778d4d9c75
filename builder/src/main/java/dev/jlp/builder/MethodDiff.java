package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the methods of a class, and makes the bodies that can be taken. */
final class MethodDiff {

    private static final int ACCESS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    private static final String IN_COMPANION =
            "the method is added in a companion class where a new body calls it";

    private final ClassDiff diff;
    private final ClassNode before;
    private final ClassNode after;
    private final World world;

    MethodDiff(ClassDiff diff, World world) {
        this.diff = diff;
        this.before = diff.before();
        this.after = diff.after();
        this.world = world;
    }

    void compare() throws BuildProblem {
        Map<MethodId, MethodNode> candidates = new LinkedHashMap<>();
        for (MethodNode b : before.methods) {
            MethodNode a = ClassFiles.method(after, b.name, b.desc);
            if (a == null) {
                removed(b);
            } else if (flags(b, a)) {
                candidates.put(new MethodId(b.name, b.desc), candidate(b, a));
            }
        }
        bodies(candidates);
        for (MethodNode a : after.methods) {
            if (ClassFiles.method(before, a.name, a.desc) == null) {
                added(a);
            }
        }
    }

    /** Whether the method's flags let its new body be used. */
    private boolean flags(MethodNode b, MethodNode a) {
        int changed = b.access ^ a.access;
        if ((changed & Opcodes.ACC_NATIVE) != 0) {
            diff.add(
                    Kind.ACCESS, id(b), Verdict.REFUSED, "the method changes whether it is native");
            return false;
        }
        if ((changed & Opcodes.ACC_STATIC) != 0) {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(b),
                    Verdict.DONE,
                    "the method changes whether it is static: the new one is added in a companion"
                            + " class");
            return false;
        }
        if ((changed & Opcodes.ACC_ABSTRACT) != 0) {
            becomesAbstract(ClassFiles.has(a.access, Opcodes.ACC_ABSTRACT), b);
            return false;
        }
        if (ClassFiles.has(changed, Opcodes.ACC_SYNCHRONIZED)) {
            synchronization(b, a);
        }
        if ((changed & ACCESS) != 0) {
            boolean opened = ClassFiles.has(b.access & ~a.access, Opcodes.ACC_PRIVATE)
                    && !ClassFiles.has(b.access, Opcodes.ACC_STATIC)
                    && !b.name.equals("<init>");
            diff.add(
                    Kind.ACCESS,
                    id(b),
                    opened ? Verdict.DONE_WITH_CARE : Verdict.DONE,
                    opened
                            ? "the method stays private, so nothing can override it"
                            : "the method keeps its access flags;"
                                    + " nothing that is taken needs others");
        }
        return true;
    }

    private void becomesAbstract(boolean is, MethodNode b) {
        diff.add(
                is ? Kind.ACCESS : Kind.ADDED_METHOD,
                id(b),
                is ? Verdict.DONE_WITH_CARE : Verdict.DONE,
                is
                        ? "the method becomes abstract; it keeps its body"
                        : "the method is not abstract any more: its body is added in a companion"
                                + " class");
    }

    private void synchronization(MethodNode b, MethodNode a) {
        if (!ClassFiles.has(a.access, Opcodes.ACC_SYNCHRONIZED)) {
            diff.add(Kind.ACCESS, id(b), Verdict.DONE_WITH_CARE, "the method stays 'synchronized'");
        } else if (!MonitorBody.canWrap(before, a)) {
            diff.add(
                    Kind.ACCESS,
                    id(b),
                    Verdict.REFUSED,
                    "the method becomes 'synchronized', which its body can't do for it");
        } else {
            diff.add(
                    Kind.ACCESS,
                    id(b),
                    Verdict.DONE,
                    "the method becomes 'synchronized': its new body takes the monitor");
        }
    }

    /** The new body under the flags of the original. */
    private MethodNode candidate(MethodNode b, MethodNode a) {
        MethodNode body = ClassFiles.copy(a);
        body.access = b.access;
        boolean monitor = ClassFiles.has(a.access & ~b.access, Opcodes.ACC_SYNCHRONIZED);
        if (monitor && MonitorBody.canWrap(before, a)) {
            MonitorBody.wrap(before, body);
        }
        return body;
    }

    /** Compares in one shape, so that only bodies and what belongs to them differ. */
    private void bodies(Map<MethodId, MethodNode> candidates) {
        Map<MethodId, String> original = Fingerprints.ofMethods(before);
        Map<MethodId, String> fixed =
                Fingerprints.ofMethods(ShapedClass.shape(before, after, candidates));
        GroovySites sites = new GroovySites(before, after);
        candidates.forEach((id, body) -> {
            String same = original.get(id);
            if (same != null && (!same.equals(fixed.get(id)) || sites.callsOtherwise(body))) {
                body(body);
            }
        });
    }

    private void body(MethodNode body) {
        if (body.name.equals("<clinit>") || body.name.equals("$values")) {
            return; // they have run: see InitialiserDiff
        }
        if (body.name.equals("$deserializeLambda$")) {
            if (made(ClassFiles.method(before, body.name, body.desc)).equals(made(body))) {
                return; // the same lambdas, whatever their numbers
            }
            diff.add(
                    Kind.BODY,
                    id(body),
                    Verdict.DONE_WITH_CARE,
                    "the method keeps its body: serialised lambdas are found as before");
            return;
        }
        if (ClassFiles.has(body.access, Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    id(body),
                    Verdict.DONE_WITH_CARE,
                    "the declaration of a method without a body changes; it stays as it was");
            return;
        }
        MethodNode adapted = ClassFiles.copy(body);
        String obstacle = new BodyVersion(before, after.version).adapt(adapted);
        if (obstacle == null) {
            diff.addBody(Kind.BODY, adapted, Verdict.DONE, reason(body));
        } else if (body.name.equals("<init>")) {
            diff.add(Kind.BODY, id(body), Verdict.REFUSED, obstacle);
        } else {
            diff.addBody(Kind.BODY, body, Verdict.DONE, reason(body) + ", in a companion class");
            diff.outline(new MethodId(body.name, body.desc));
        }
    }

    /** What the lambdas that a method makes are made of. */
    private static Set<String> made(@Nullable MethodNode method) {
        Set<String> made = new TreeSet<>();
        if (method != null) {
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof InvokeDynamicInsnNode call) {
                    made.add(call.name + call.desc + Arrays.toString(call.bsmArgs));
                }
            }
        }
        return made;
    }

    private static String reason(MethodNode body) {
        if (NumberedNames.isNumbered(body)) {
            return "the body of a compiler-made method changes";
        }
        return body.name.equals("<init>") ? "the constructor's body changes" : "the body changes";
    }

    private void removed(MethodNode b) throws BuildProblem {
        if (b.name.equals("<clinit>")) {
            return;
        }
        if (ClassFiles.has(b.access, Opcodes.ACC_STATIC) && hides(b)) {
            return;
        }
        boolean overrides = !ClassFiles.has(
                        b.access, Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT)
                && !b.name.equals("<init>");
        Inherited inherited = overrides ? Inherited.find(after, b, world) : Inherited.nothing();
        String heir = overrides ? heirOfDefault(b) : "";
        if (!heir.isEmpty() && inherited.kind() == Inherited.Kind.NOTHING) {
            diff.add(
                    Kind.REMOVED_OVERRIDE,
                    id(b),
                    Verdict.REFUSED,
                    "the method is removed, which hides that of an interface from '" + heir + "'");
            return;
        }
        switch (inherited.kind()) {
            case NOTHING -> removedForGood(b);
            case UNKNOWN ->
                diff.add(
                        Kind.REMOVED_OVERRIDE,
                        id(b),
                        Verdict.REFUSED,
                        "the method is removed, and whether it overrides one is unknown without '"
                                + inherited.owner() + "' on the class path");
            case NOT_CALLABLE ->
                diff.add(
                        Kind.REMOVED_OVERRIDE,
                        id(b),
                        Verdict.REFUSED,
                        "the override is removed and needs to call the inherited one of '"
                                + inherited.owner() + "', which can't be named from here");
            case CALLABLE ->
                diff.addBody(
                        Kind.REMOVED_OVERRIDE,
                        inherited.call(b),
                        Verdict.DONE,
                        "the override is removed; the new body calls the inherited one");
        }
    }

    private void removedForGood(MethodNode b) {
        boolean lambda = NumberedNames.isLambda(b);
        diff.add(
                Kind.REMOVED_METHOD,
                id(b),
                lambda ? Verdict.DONE_WITH_CARE : Verdict.DONE,
                lambda
                        ? "the lambda has no counterpart; objects that it made before keep its code"
                        : "the method is removed; it stays, unused");
    }

    /** A class below that inherits a default method in the fixed release, and this one in the JVM; or empty. */
    private String heirOfDefault(MethodNode b) throws BuildProblem {
        Hierarchy hierarchy = new Hierarchy(world);
        for (String below : hierarchy.subtypes(after.name)) {
            if (world.inOriginal(below)) {
                Member now = hierarchy.resolve(below, b.name, b.desc, Hierarchy.Side.BEFORE);
                Member then = hierarchy.resolve(below, b.name, b.desc, Hierarchy.Side.AFTER);
                if (now.owner().equals(after.name)
                        && then.state() == State.FOUND
                        && !then.isAbstract()) {
                    return below.replace('/', '.');
                }
            }
        }
        return "";
    }

    /** A removed static method calls the one that it has hidden. */
    private boolean hides(MethodNode b) throws BuildProblem {
        Member inherited =
                new Hierarchy(world).resolve(after.name, b.name, b.desc, Hierarchy.Side.AFTER);
        if (inherited.state() != State.FOUND || !inherited.isStatic() || inherited.isPrivate()) {
            return false;
        }
        MethodNode body = new MethodNode(
                Opcodes.ASM9,
                b.access,
                b.name,
                b.desc,
                b.signature,
                b.exceptions.toArray(new String[0]));
        body.instructions.add(Code.arguments(b.desc));
        body.instructions.add(new Call(inherited.owner(), b.name, b.desc).instruction());
        body.instructions.add(Code.result(b.desc));
        body.maxLocals = Code.size(b.desc);
        body.maxStack = body.maxLocals + 2;
        diff.addBody(
                Kind.REMOVED_OVERRIDE,
                body,
                Verdict.DONE,
                "the method is removed; its new body calls the inherited one, which it has hidden");
        return true;
    }

    private void added(MethodNode a) throws BuildProblem {
        if (a.name.equals("<clinit>")) {
            return;
        }
        if (ClassFiles.has(a.access, Opcodes.ACC_NATIVE)) {
            diff.add(Kind.ADDED_METHOD, id(a), Verdict.REFUSED, "a native method is added");
        } else if (a.name.equals("<init>")) {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.DONE,
                    "the constructor is added; one that is there does its work");
        } else if (ClassFiles.has(a.access, Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) {
            diff.add(Kind.ADDED_METHOD, id(a), Verdict.DONE, IN_COMPANION);
        } else {
            addedVirtual(a);
        }
    }

    private void addedVirtual(MethodNode a) throws BuildProblem {
        Member inherited =
                Overrides.overridden(new Hierarchy(world), before, new MethodId(a.name, a.desc));
        if (inherited.state() == State.MISSING || inherited.isAbstract()) {
            diff.add(Kind.ADDED_METHOD, id(a), Verdict.DONE, IN_COMPANION);
        } else if (inherited.state() == State.UNKNOWN) {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.DONE_WITH_CARE,
                    IN_COMPANION + "; whether it overrides one is unknown without all supertypes on"
                            + " the class path, and calls by their names would not find it");
        } else if (world.inOriginal(inherited.owner())) {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.DONE,
                    "the override is added: the inherited method of '"
                            + inherited.owner().replace('/', '.') + "' asks for it");
        } else {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.DONE_WITH_CARE,
                    IN_COMPANION + "; calls by the name of '"
                            + inherited.owner().replace('/', '.')
                            + "', which has what it overrides, go on to that");
        }
    }

    private static String id(MethodNode method) {
        return method.name + method.desc;
    }
}
