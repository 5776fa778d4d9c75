package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * One class as the canonical form of one of its methods sees it: which of its members are
 * compiler-made and stand for their content instead of their name.
 */
final class CanonicalClass {

    /** Deeper than javac nests; beyond it a compiler-made member stands for its name. */
    private static final int DEPTH_MAX = 100;

    private final ClassNode type;
    private final Map<MethodId, MethodNode> members;
    private final Map<MethodNode, String> hashes = new HashMap<>();
    private final Deque<MethodNode> open = new ArrayDeque<>();

    CanonicalClass(ClassNode type, Map<MethodId, MethodNode> members) {
        this.type = type;
        this.members = members;
    }

    ClassNode type() {
        return type;
    }

    /** SHA-256 of the method's canonical form, in hex. */
    String hash(MethodNode method) {
        String known = hashes.get(method);
        if (known != null) {
            return known;
        }
        open.push(method);
        CanonicalSink sink = new CanonicalSink();
        new CanonicalMethod(this, method, sink).write();
        open.pop();
        String hash = sink.hash();
        hashes.put(method, hash);
        return hash;
    }

    /** What a member of this class that javac made and numbered stands for; null for any other. */
    @Nullable
    String content(String owner, String name, String descriptor) {
        if (!owner.equals(type.name) || open.size() > DEPTH_MAX) {
            return null;
        }
        MethodNode member = members.get(new MethodId(name, descriptor));
        if (member == null || !isNumbered(member)) {
            return null;
        }
        int depth = 0;
        for (Iterator<MethodNode> up = open.iterator(); up.hasNext(); depth++) {
            if (up.next() == member) {
                return "cycle " + depth;
            }
        }
        return hash(member);
    }

    /** Whether the class calls this method of its own without looking for overrides. */
    boolean ownPrivate(String owner, String name, String descriptor) {
        if (!owner.equals(type.name)) {
            return false;
        }
        MethodNode member = members.get(new MethodId(name, descriptor));
        return member != null && (member.access & Opcodes.ACC_PRIVATE) != 0;
    }

    private static boolean isNumbered(MethodNode member) {
        return (member.access & Opcodes.ACC_SYNTHETIC) != 0
                && (member.name.startsWith("lambda$") || member.name.startsWith("access$"));
    }
}
