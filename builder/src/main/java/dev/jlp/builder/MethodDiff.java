package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the methods of a class, and makes the bodies that can be taken. */
final class MethodDiff {

    private static final int IDENTITY =
            Opcodes.ACC_STATIC | Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT;
    private static final int ACCESS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

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
        if ((changed & IDENTITY) != 0) {
            diff.add(
                    Kind.ACCESS,
                    id(b),
                    Verdict.REFUSED,
                    "the method changes whether it is static, native or abstract");
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
        candidates.forEach((id, body) -> {
            String same = original.get(id);
            if (same != null && !same.equals(fixed.get(id))) {
                body(body);
            }
        });
    }

    private void body(MethodNode body) {
        if (body.name.equals("<clinit>")) {
            diff.add(
                    Kind.STATIC_INITIALISER,
                    id(body),
                    Verdict.REFUSED,
                    "the static initialiser changes, and it has run: what it would do now is lost");
            return;
        }
        if (body.name.equals("$deserializeLambda$")) {
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
                    Verdict.REFUSED,
                    "the declaration of a method without a body changes");
            return;
        }
        String obstacle = new BodyVersion(before, after.version).adapt(body);
        if (obstacle != null) {
            diff.add(Kind.BODY, id(body), Verdict.REFUSED, obstacle);
        } else {
            diff.addBody(Kind.BODY, body, Verdict.DONE, reason(body));
        }
    }

    private static String reason(MethodNode body) {
        if (MemberMatching.isNumbered(body)) {
            return "the body of a compiler-made method changes";
        }
        return body.name.equals("<init>") ? "the constructor's body changes" : "the body changes";
    }

    private void removed(MethodNode b) throws BuildProblem {
        if (b.name.equals("<clinit>")) {
            diff.add(
                    Kind.STATIC_INITIALISER,
                    id(b),
                    Verdict.REFUSED,
                    "the static initialiser is removed, but it has run");
            return;
        }
        boolean overrides = !ClassFiles.has(
                        b.access, Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT)
                && !b.name.equals("<init>");
        Inherited inherited = overrides ? Inherited.find(after, b, world) : Inherited.nothing();
        switch (inherited.kind()) {
            case NOTHING ->
                diff.add(
                        Kind.REMOVED_METHOD,
                        id(b),
                        Verdict.DONE,
                        "the method is removed; it stays, unused");
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

    private void added(MethodNode a) {
        if (a.name.equals("<clinit>")) {
            diff.add(
                    Kind.STATIC_INITIALISER,
                    id(a),
                    Verdict.REFUSED,
                    "the class gets a static initialiser, which will not run any more");
        } else if (a.name.equals("<init>")) {
            diff.add(Kind.ADDED_METHOD, id(a), Verdict.REFUSED, "a constructor is added");
        } else if (Companions.canHold(after, a)) {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.DONE,
                    "the method is added in a companion class where a new body calls it");
        } else {
            diff.add(
                    Kind.ADDED_METHOD,
                    id(a),
                    Verdict.REFUSED,
                    "a method is added that other classes can call or override");
        }
    }

    private static String id(MethodNode method) {
        return method.name + method.desc;
    }
}
