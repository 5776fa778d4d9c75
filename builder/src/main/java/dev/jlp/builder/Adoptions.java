package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Interfaces that a class implements in the fixed release and can't in the JVM. The verifier takes any object for
 * an interface, so only calls by the interface's name, casts and tests have to know: they look at the object's
 * class first.
 */
final class Adoptions {

    private final Homes homes;

    /** By interface the classes that adopt it, none below another. */
    private final SortedMap<String, SortedSet<String>> adopters = new TreeMap<>();

    private final Map<String, Call> made = new HashMap<>();

    /** Calls and casts that are meant as they stand. */
    private final Set<AbstractInsnNode> plain = new HashSet<>();

    Adoptions(Homes homes) {
        this.homes = homes;
    }

    /** Interfaces that the fixed class has and the original's lacks, with those above them. */
    static SortedSet<String> added(Hierarchy hierarchy, ClassNode before, ClassNode after)
            throws BuildProblem {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(after.interfaces);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!hierarchy.inherits(before.name, name) && found.add(name)) {
                ClassNode type = hierarchy.type(name, Side.AFTER);
                if (type != null) {
                    open.addAll(type.interfaces);
                }
            }
        }
        return found;
    }

    /** Takes the new interfaces of a class into force. */
    void adopt(String name) throws BuildProblem {
        for (String type : added(homes.hierarchy(), homes.before(name), homes.after(name))) {
            SortedSet<String> classes = adopters.computeIfAbsent(type, none -> new TreeSet<>());
            boolean covered = false;
            for (String other : classes) {
                covered |= homes.hierarchy().inherits(name, other);
            }
            if (!covered) {
                classes.add(name);
            }
        }
    }

    /** The interfaces in question. */
    SortedSet<String> interfaces() {
        return new TreeSet<>(adopters.keySet());
    }

    /** Whether code has to know. */
    boolean concerns(AbstractInsnNode node) {
        if (plain.contains(node)) {
            return false;
        }
        if (node instanceof MethodInsnNode call) {
            return call.getOpcode() == Opcodes.INVOKEINTERFACE && adopters.containsKey(call.owner);
        }
        return node instanceof TypeInsnNode type
                && (type.getOpcode() == Opcodes.CHECKCAST || type.getOpcode() == Opcodes.INSTANCEOF)
                && adopters.containsKey(type.desc);
    }

    boolean isAdopted(String type) {
        return adopters.containsKey(type);
    }

    /** The method of an interface, as the object has it. */
    Call call(String type, MethodId id) throws BuildProblem {
        String key = type + "." + id + " of adopters";
        Call known = made.get(key);
        homes.need(key);
        if (known != null) {
            return known;
        }
        Companion companion = beside(type);
        MethodNode method = companion.method(
                id.name() + "$adopted", AddedMethods.withReceiver(type, id.descriptor()));
        Call call = companion.call(method);
        made.put(key, call);
        for (String adopter : adopters.getOrDefault(type, new TreeSet<>())) {
            LabelNode next = new LabelNode();
            InsnList code = method.instructions;
            code.add(test(adopter, next));
            InsnList arguments = Code.arguments(method.desc);
            arguments.insert(arguments.getFirst(), new TypeInsnNode(Opcodes.CHECKCAST, adopter));
            code.add(arguments);
            code.add(ofAdopter(adopter, id));
            code.add(Code.result(method.desc));
            code.add(next);
            frame(companion, method);
        }
        InsnList code = method.instructions;
        code.add(Code.arguments(method.desc));
        MethodInsnNode asItIs =
                new MethodInsnNode(Opcodes.INVOKEINTERFACE, type, id.name(), id.descriptor(), true);
        plain.add(asItIs);
        code.add(asItIs);
        code.add(Code.result(method.desc));
        method.maxLocals = Code.size(method.desc);
        method.maxStack = method.maxLocals + 2;
        homes.later(key, new Context(ownerOf(companion), companion.name()), method);
        return call;
    }

    /** A default method that only the interface has runs as a static one. */
    private MethodInsnNode ofAdopter(String adopter, MethodId id) throws BuildProblem {
        Member found = homes.hierarchy().resolve(adopter, id.name(), id.descriptor(), Side.AFTER);
        boolean fromAdopted = found.state() == State.FOUND && adopters.containsKey(found.owner());
        if (fromAdopted && !found.isAbstract() && homes.world().exists(found.owner())) {
            return homes.methods().body(found.owner(), id).instruction();
        }
        boolean isInterface = ClassFiles.has(homes.before(adopter).access, Opcodes.ACC_INTERFACE);
        return new MethodInsnNode(
                isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                adopter,
                id.name(),
                id.descriptor(),
                isInterface);
    }

    /** Whether an object is one of the interface, or counts as one. */
    Call test(String type) throws BuildProblem {
        String key = "is " + type;
        Call known = made.get(key);
        if (known != null) {
            return known;
        }
        Companion companion = beside(type);
        MethodNode method = companion.method("is$", "(Ljava/lang/Object;)Z");
        for (String adopter : adopters.getOrDefault(type, new TreeSet<>())) {
            LabelNode next = new LabelNode();
            method.instructions.add(test(adopter, next));
            method.instructions.add(new InsnNode(Opcodes.ICONST_1));
            method.instructions.add(new InsnNode(Opcodes.IRETURN));
            method.instructions.add(next);
            frame(companion, method);
        }
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.instructions.add(plain(new TypeInsnNode(Opcodes.INSTANCEOF, type)));
        method.instructions.add(new InsnNode(Opcodes.IRETURN));
        method.maxLocals = 1;
        method.maxStack = 1;
        return remember(key, companion, method);
    }

    /** A cast that lets adopters pass. */
    Call cast(String type) throws BuildProblem {
        String key = "as " + type;
        Call known = made.get(key);
        if (known != null) {
            return known;
        }
        Companion companion = beside(type);
        MethodNode method = companion.method("as$", "(Ljava/lang/Object;)L" + type + ";");
        for (String adopter : adopters.getOrDefault(type, new TreeSet<>())) {
            LabelNode next = new LabelNode();
            method.instructions.add(test(adopter, next));
            method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
            method.instructions.add(new InsnNode(Opcodes.ARETURN));
            method.instructions.add(next);
            frame(companion, method);
        }
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.instructions.add(plain(new TypeInsnNode(Opcodes.CHECKCAST, type)));
        method.instructions.add(new InsnNode(Opcodes.ARETURN));
        method.maxLocals = 1;
        method.maxStack = 1;
        return remember(key, companion, method);
    }

    private Call remember(String key, Companion companion, MethodNode method) {
        Call call = companion.call(method);
        made.put(key, call);
        homes.later(key, new Context(ownerOf(companion), companion.name()), method);
        return call;
    }

    private TypeInsnNode plain(TypeInsnNode node) {
        plain.add(node);
        return node;
    }

    private static InsnList test(String adopter, LabelNode next) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, adopter));
        code.add(new JumpInsnNode(Opcodes.IFEQ, next));
        return code;
    }

    private static void frame(Companion companion, MethodNode method) {
        if (companion.version() >= Opcodes.V1_6) {
            Object[] locals = AddedMethods.frame(method.desc);
            method.instructions.add(
                    new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        }
    }

    /** The companion of the first class that adopts the interface: that one is in the target's loader. */
    private Companion beside(String type) throws BuildProblem {
        return homes.code(adopters.getOrDefault(type, new TreeSet<>()).first());
    }

    private static String ownerOf(Companion companion) {
        return companion.name().substring(0, companion.name().indexOf("$jlp$"));
    }

    /** Why an interface can't be adopted; null if it can. */
    static @Nullable String obstacle(World world, String type) throws BuildProblem {
        ClassNode node = world.after(type);
        if (world.exists(type)) {
            return null;
        }
        boolean marker = node != null && node.methods.isEmpty() && node.interfaces.isEmpty();
        return marker
                ? null
                : "code outside the releases would call it by '" + type.replace('/', '.') + "'";
    }
}
