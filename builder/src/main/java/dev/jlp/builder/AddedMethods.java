package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Added methods: static ones of a companion, with the receiver as first argument. One that subclasses
 * override is called through another that looks at the receiver's class.
 */
final class AddedMethods {

    private static final int VIRTUAL_NOT =
            Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    private final Homes homes;
    private final Map<String, Call> bodies = new HashMap<>();
    private final Map<String, Call> dispatches = new HashMap<>();

    AddedMethods(Homes homes) {
        this.homes = homes;
    }

    /** Whether the class of the original gets this method, or a body for it. */
    boolean isAdded(String owner, MethodId id) throws BuildProblem {
        if (!homes.world().inOriginal(owner)) {
            return false;
        }
        Integer before =
                Hierarchy.declared(homes.world().before(owner), id.name(), id.descriptor());
        Integer after = Hierarchy.declared(homes.world().after(owner), id.name(), id.descriptor());
        return after != null
                && (before == null || ClassFiles.has(before ^ after, Opcodes.ACC_STATIC));
    }

    /** The method itself, overridden or not. */
    Call body(String owner, MethodId id) throws BuildProblem {
        MethodNode method = homes.after(owner, id);
        return body(owner, id, ClassFiles.copy(method), owner + "." + id);
    }

    /** A body of a class as a method of its companion. */
    Call body(String owner, MethodId id, MethodNode code, String node) throws BuildProblem {
        Call known = bodies.get(node);
        homes.need(node);
        if (known != null) {
            return known;
        }
        boolean instance = !ClassFiles.has(code.access, Opcodes.ACC_STATIC);
        Companion companion = homes.code(owner);
        MethodNode made = companion.method(
                id.name(), instance ? withReceiver(owner, id.descriptor()) : id.descriptor());
        Call call = companion.call(made);
        bodies.put(node, call);
        if (ClassFiles.has(code.access, Opcodes.ACC_NATIVE)) {
            homes.problem(node, "'" + Homes.dotted(owner) + "." + id + "' is native");
        }
        if (code.instructions.size() == 0) {
            throwAbstract(made, owner + "." + id);
            return call;
        }
        if (ClassFiles.has(code.access, Opcodes.ACC_SYNCHRONIZED)) {
            ClassNode after = homes.after(owner);
            if (MonitorBody.canWrap(after, code)) {
                MonitorBody.wrap(after, code);
            } else {
                homes.problem(
                        node,
                        "the added method '" + Homes.dotted(owner) + "." + id
                                + "' is 'synchronized', which its body can't do for it");
            }
        }
        move(code, made);
        if (instance) {
            requireReceiver(made);
        }
        homes.later(node, new Context(owner, companion.name()), made);
        return call;
    }

    private static void move(MethodNode from, MethodNode to) {
        to.instructions = from.instructions;
        to.tryCatchBlocks = from.tryCatchBlocks;
        to.localVariables = from.localVariables;
        to.exceptions = from.exceptions;
        to.maxLocals = from.maxLocals;
        to.maxStack = from.maxStack;
    }

    /** A call of the method fails before its body runs if there is no object. */
    private static void requireReceiver(MethodNode made) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                "java/util/Objects",
                "requireNonNull",
                "(Ljava/lang/Object;)Ljava/lang/Object;",
                false));
        code.add(new InsnNode(Opcodes.POP));
        made.instructions.insert(code);
        made.maxStack = Math.max(made.maxStack, 1);
    }

    private static void throwAbstract(MethodNode made, String name) {
        InsnList code = made.instructions;
        code.add(new TypeInsnNode(Opcodes.NEW, "java/lang/AbstractMethodError"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new org.objectweb.asm.tree.LdcInsnNode(Homes.dotted(name)));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESPECIAL,
                "java/lang/AbstractMethodError",
                "<init>",
                "(Ljava/lang/String;)V",
                false));
        code.add(new InsnNode(Opcodes.ATHROW));
        made.maxStack = 3;
        made.maxLocals = Code.size(made.desc);
    }

    /** The method as a call by its name means it: that of the receiver's class. */
    Call dispatch(String owner, MethodId id) throws BuildProblem {
        MethodNode method = homes.after(owner, id);
        boolean isFinal = ClassFiles.has(homes.after(owner).access, Opcodes.ACC_FINAL);
        List<String> overriders = isFinal || ClassFiles.has(method.access, VIRTUAL_NOT)
                ? List.of()
                : overriders(owner, method);
        if (overriders.isEmpty()) {
            return body(owner, id);
        }
        String node = owner + "." + id + " by receiver";
        Call known = dispatches.get(node);
        homes.need(node);
        if (known != null) {
            return known;
        }
        Companion companion = homes.code(owner);
        MethodNode made =
                companion.method(id.name() + "$byReceiver", withReceiver(owner, id.descriptor()));
        Call call = companion.call(made);
        dispatches.put(node, call);
        for (String overrider : overriders) {
            branch(companion, made, overrider, method);
        }
        made.instructions.add(Code.arguments(made.desc));
        made.instructions.add(body(owner, id).instruction());
        made.instructions.add(Code.result(made.desc));
        made.maxLocals = Code.size(made.desc);
        made.maxStack = made.maxLocals + 2;
        homes.later(node, new Context(owner, companion.name()), made);
        return call;
    }

    private void branch(Companion companion, MethodNode made, String overrider, MethodNode method)
            throws BuildProblem {
        MethodId id = new MethodId(method.name, method.desc);
        InsnList code = made.instructions;
        LabelNode next = new LabelNode();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, overrider));
        code.add(new JumpInsnNode(Opcodes.IFEQ, next));
        InsnList arguments = Code.arguments(made.desc);
        arguments.insert(arguments.getFirst(), new TypeInsnNode(Opcodes.CHECKCAST, overrider));
        code.add(arguments);
        if (isAdded(overrider, id)) {
            code.add(dispatch(overrider, id).instruction());
        } else {
            boolean isInterface =
                    ClassFiles.has(homes.after(overrider).access, Opcodes.ACC_INTERFACE);
            code.add(new MethodInsnNode(
                    isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                    overrider,
                    id.name(),
                    id.descriptor(),
                    isInterface));
        }
        code.add(Code.result(made.desc));
        code.add(next);
        if (companion.version() >= Opcodes.V1_6) {
            Object[] locals = frame(made.desc);
            code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        }
    }

    static Object[] frame(String descriptor) {
        List<Object> locals = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(descriptor)) {
            locals.add(Code.frameType(type));
        }
        return locals.toArray();
    }

    /** Classes below with a body of their own for the method, none below another. */
    private List<String> overriders(String owner, MethodNode method) throws BuildProblem {
        List<String> found = new ArrayList<>();
        for (String below : homes.hierarchy().subtypes(owner)) {
            if (overrides(below, owner, method)) {
                found.add(below);
            }
        }
        List<String> topmost = new ArrayList<>();
        for (String one : found) {
            boolean covered = false;
            for (String other : found) {
                covered |= !other.equals(one) && homes.hierarchy().inherits(one, other, Side.AFTER);
            }
            if (!covered) {
                topmost.add(one);
            }
        }
        return topmost;
    }

    private boolean overrides(String below, String owner, MethodNode method) throws BuildProblem {
        int visible = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
        if (!ClassFiles.has(method.access, visible) && !Access.samePackage(below, owner)) {
            return false;
        }
        int hidden = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT;
        ClassNode type = homes.after(below);
        MethodNode own = ClassFiles.method(type, method.name, method.desc);
        if (own != null) {
            return !ClassFiles.has(own.access, hidden);
        }
        boolean ofInterface = ClassFiles.has(homes.after(owner).access, Opcodes.ACC_INTERFACE)
                && !ClassFiles.has(type.access, Opcodes.ACC_INTERFACE);
        if (!ofInterface) {
            return false;
        }
        Member found = homes.hierarchy().resolve(below, method.name, method.desc, Side.AFTER);
        return found.state() == State.FOUND
                && !ClassFiles.has(found.access(), hidden)
                && !homes.hierarchy().inherits(found.owner(), owner, Side.AFTER);
    }

    /** What an added class inherits from classes that can't have it: methods that forward. */
    void inherit(ClassNode type) throws BuildProblem {
        for (String ancestor : ancestors(type)) {
            for (MethodNode method : homes.after(ancestor).methods) {
                MethodId id = new MethodId(method.name, method.desc);
                int hidden = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT;
                if (!ClassFiles.has(method.access, hidden)
                        && !method.name.startsWith("<")
                        && isAdded(ancestor, id)
                        && isInherited(type, ancestor, id)) {
                    type.methods.add(forward(type, ancestor, method));
                }
            }
        }
    }

    private Set<String> ancestors(ClassNode type) throws BuildProblem {
        Set<String> found = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(type.name));
        while (!open.isEmpty()) {
            ClassNode at = homes.world().after(open.remove(0));
            if (at != null) {
                List<String> above = new ArrayList<>(at.interfaces);
                if (at.superName != null) {
                    above.add(at.superName);
                }
                above.stream().filter(found::add).forEach(open::add);
            }
        }
        found.removeIf(name -> !homes.world().inOriginal(name));
        return found;
    }

    /** It is what the fixed release finds, and without it something else or nothing would be found. */
    private boolean isInherited(ClassNode type, String ancestor, MethodId id) throws BuildProblem {
        if (ClassFiles.method(type, id.name(), id.descriptor()) != null) {
            return false;
        }
        Member after = homes.hierarchy().resolve(type.name, id.name(), id.descriptor(), Side.AFTER);
        Member before =
                homes.hierarchy().resolve(type.name, id.name(), id.descriptor(), Side.BEFORE);
        boolean woven = before.state() == State.FOUND
                && homes.world().inOriginal(before.owner())
                && !before.isAbstract();
        return after.owner().equals(ancestor) && before.state() == State.FOUND && !woven;
    }

    private MethodNode forward(ClassNode type, String ancestor, MethodNode method)
            throws BuildProblem {
        MethodNode made = new MethodNode(
                Opcodes.ASM9,
                method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED),
                method.name,
                method.desc,
                null,
                method.exceptions.toArray(new String[0]));
        String withReceiver = withReceiver(type.name, method.desc);
        made.instructions.add(Code.arguments(withReceiver));
        made.instructions.add(
                body(ancestor, new MethodId(method.name, method.desc)).instruction());
        made.instructions.add(Code.result(method.desc));
        made.maxLocals = Code.size(withReceiver);
        made.maxStack = made.maxLocals + 2;
        return made;
    }

    static String withReceiver(String owner, String descriptor) {
        return "(L" + owner + ";" + descriptor.substring(1);
    }
}
