package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Added methods that override one of the same patch's classes. The inherited method asks first whether its
 * receiver is of a class that got its own.
 */
final class Overrides {

    /** A method of a class. */
    record Method(String owner, MethodId id) implements Comparable<Method> {

        @Override
        public int compareTo(Method other) {
            int byOwner = owner.compareTo(other.owner);
            return byOwner != 0 ? byOwner : id.compareTo(other.id);
        }
    }

    private final Homes homes;
    private final SortedMap<Method, List<String>> woven = new TreeMap<>();

    Overrides(Homes homes) {
        this.homes = homes;
    }

    /** What a method added to a class would override in the JVM. */
    static Member overridden(Hierarchy hierarchy, ClassNode type, MethodId id) throws BuildProblem {
        Member found = hierarchy.resolve(type.name, id.name(), id.descriptor(), Side.BEFORE);
        boolean hidden = found.state() == State.FOUND
                && (found.isPrivate()
                        || found.isStatic()
                        || (!ClassFiles.has(
                                        found.access(), Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)
                                && !Access.samePackage(found.owner(), type.name)));
        return hidden ? new Member(State.MISSING, "", 0) : found;
    }

    /** Takes an added override into force. */
    void take(String owner, MethodId id) throws BuildProblem {
        if (id.name().equals("<init>")) {
            return; // no constructor overrides one, even with the same arguments
        }
        ClassNode type = homes.before(owner);
        Member inherited = overridden(homes.hierarchy(), type, id);
        if (inherited.state() == State.FOUND
                && !inherited.isAbstract()
                && homes.world().inOriginal(inherited.owner())) {
            List<String> classes = woven.computeIfAbsent(
                    new Method(inherited.owner(), id), unseen -> new ArrayList<>());
            int place = 0;
            while (place < classes.size()
                    && !homes.hierarchy().inherits(owner, classes.get(place))) {
                place++;
            }
            classes.add(place, owner);
        }
    }

    /** Methods that ask for their receiver's class. */
    Iterable<Method> woven() {
        return woven.keySet();
    }

    boolean isWoven(String owner, MethodId id) {
        return woven.containsKey(new Method(owner, id));
    }

    /** The method's own body, past its question. */
    Call past(String owner, MethodId id) throws BuildProblem {
        return homes.methods()
                .body(
                        owner,
                        id,
                        homes.changes().base(owner, id),
                        owner + "." + id + " as inherited");
    }

    /** Makes the calls that the question needs: while others are lowered. */
    void prepare(Method method) throws BuildProblem {
        for (String owner : woven.getOrDefault(method, List.of())) {
            homes.methods().body(owner, method.id());
        }
    }

    /** Puts the question before a body. */
    void weave(Method method, MethodNode body) throws BuildProblem {
        String descriptor = AddedMethods.withReceiver(method.owner(), body.desc);
        InsnList code = new InsnList();
        boolean frames = (homes.before(method.owner()).version & 0xFFFF) >= Opcodes.V1_6;
        for (String owner : woven.getOrDefault(method, List.of())) {
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, owner));
            code.add(new JumpInsnNode(Opcodes.IFEQ, next));
            InsnList arguments = Code.arguments(descriptor);
            arguments.insert(arguments.getFirst(), new TypeInsnNode(Opcodes.CHECKCAST, owner));
            code.add(arguments);
            code.add(homes.methods().body(owner, method.id()).instruction());
            code.add(Code.result(body.desc));
            code.add(next);
            if (frames) {
                Object[] locals = AddedMethods.frame(descriptor);
                code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
                code.add(new org.objectweb.asm.tree.InsnNode(Opcodes.NOP));
            }
        }
        body.instructions.insert(code);
        body.maxStack = Math.max(body.maxStack, Code.size(descriptor) + 2);
        body.maxLocals = Math.max(body.maxLocals, Code.size(descriptor));
    }
}
