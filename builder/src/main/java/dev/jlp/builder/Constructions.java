package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Added constructors. A class can't get one, so one that it has does the work: the caller leaves the arguments
 * for its thread and calls that host, whose new body looks for them first.
 */
final class Constructions {

    static final String WORK = "java/lang/JlpConstruction";

    /**
     * How an added constructor is called.
     *
     * @param begin takes its arguments off the stack
     * @param host the constructor to call instead
     * @param end to be called behind it
     */
    record Detour(Call begin, MethodId host, Call end) {}

    private record Added(int number, MethodNode body, Detour detour) {}

    private record Host(MethodId id, SortedMap<MethodId, Added> added) {}

    private final Homes homes;
    private final SortedMap<String, Host> hosts = new TreeMap<>();
    private final Map<String, Call> factories = new HashMap<>();

    Constructions(Homes homes) {
        this.homes = homes;
    }

    /** Classes with a constructor that does the work of added ones. */
    SortedMap<String, MethodId> hosts() {
        SortedMap<String, MethodId> ids = new TreeMap<>();
        hosts.forEach((owner, host) -> ids.put(owner, host.id));
        return ids;
    }

    /** What an added constructor needs. */
    SortedSet<String> nodes(String owner) {
        SortedSet<String> nodes = new TreeSet<>();
        Host host = hosts.get(owner);
        if (host != null) {
            host.added.keySet().forEach(id -> nodes.add(owner + "." + id));
        }
        return nodes;
    }

    Detour detour(String owner, MethodId id) throws BuildProblem {
        String node = owner + "." + id;
        homes.need(node);
        Host host = hosts.get(owner);
        if (host == null) {
            host = new Host(hostOf(owner), new TreeMap<>());
            hosts.put(owner, host);
            work(owner);
        }
        Added known = host.added.get(id);
        if (known != null) {
            return known.detour();
        }
        nameArguments(owner, id); // the host casts to their classes
        Companion companion = homes.code(owner);
        MethodNode begin = companion.method("begin$", id.descriptor());
        int number = host.added.size();
        begin(companion, begin, number);
        MethodNode body = ClassFiles.copy(homes.after(owner, id));
        Detour detour = new Detour(
                companion.call(begin), host.id, new Call(companion.name(), "end$", "()V"));
        homes.changes().constructs(owner, body);
        host.added.put(id, new Added(number, body, detour));
        homes.later(node, Context.own(owner), body);
        return detour;
    }

    private void nameArguments(String owner, MethodId id) throws BuildProblem {
        for (Type argument : Type.getArgumentTypes(id.descriptor())) {
            Type type = argument.getSort() == Type.ARRAY ? argument.getElementType() : argument;
            if (type.getSort() == Type.OBJECT) {
                homes.nameClass(owner, type.getInternalName());
            }
        }
    }

    /** A static method that makes an object, for callers who may not call the host. */
    Call factory(String owner, MethodId id) throws BuildProblem {
        String node = owner + "." + id;
        Call known = factories.get(node);
        homes.need(node);
        if (known != null) {
            return known;
        }
        Companion companion = homes.code(owner);
        String arguments = id.descriptor().substring(0, id.descriptor().length() - 1);
        MethodNode made = companion.method("new$", arguments + "L" + owner + ";");
        Detour detour = detour(owner, id);
        InsnList code = made.instructions;
        // Initialises the class: its static initialiser may call the host for itself.
        code.add(new TypeInsnNode(Opcodes.NEW, owner));
        code.add(new InsnNode(Opcodes.POP));
        code.add(new TypeInsnNode(Opcodes.NEW, owner));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(Code.arguments(made.desc));
        code.add(detour.begin().instruction());
        for (Type type : Type.getArgumentTypes(detour.host().descriptor())) {
            code.add(Code.zero(type));
        }
        code.add(new MethodInsnNode(
                Opcodes.INVOKESPECIAL, owner, "<init>", detour.host().descriptor(), false));
        code.add(detour.end().instruction());
        code.add(new InsnNode(Opcodes.ARETURN));
        made.maxLocals = Code.size(made.desc);
        made.maxStack = Math.max(made.maxLocals, Code.size(detour.host().descriptor())) + 3;
        Call call = companion.call(made);
        factories.put(node, call);
        homes.later(node, new Context(owner, companion.name()), made);
        return call;
    }

    /** The constructor that does the work of added ones: that most can call, with the fewest arguments. */
    MethodId hostOf(String owner) throws BuildProblem {
        @Nullable MethodNode best = null;
        Comparator<MethodNode> order = Comparator.<MethodNode>comparingInt(Constructions::openness)
                .thenComparingInt(method -> Code.size(method.desc))
                .thenComparing(method -> method.desc);
        for (MethodNode method : homes.before(owner).methods) {
            if (method.name.equals("<init>") && (best == null || order.compare(method, best) < 0)) {
                best = method;
            }
        }
        if (best == null) {
            homes.problem("'" + Homes.dotted(owner) + "' has no constructor there");
            return new MethodId("<init>", "()V");
        }
        return new MethodId(best.name, best.desc);
    }

    private static int openness(MethodNode method) {
        if (ClassFiles.has(method.access, Opcodes.ACC_PUBLIC)) {
            return 0;
        }
        if (ClassFiles.has(method.access, Opcodes.ACC_PROTECTED)) {
            return 1;
        }
        return ClassFiles.has(method.access, Opcodes.ACC_PRIVATE) ? 3 : 2;
    }

    /** The companion's own share: where arguments wait, and the methods around it. */
    private void work(String owner) throws BuildProblem {
        Companion companion = homes.code(owner);
        companion.constant("construction$", "L" + WORK + ";");
        InsnList code = companion.initialiser().instructions;
        code.insert(new FieldInsnNode(
                Opcodes.PUTSTATIC, companion.name(), "construction$", "L" + WORK + ";"));
        code.insert(new MethodInsnNode(Opcodes.INVOKESPECIAL, WORK, "<init>", "()V", false));
        code.insert(new InsnNode(Opcodes.DUP));
        code.insert(new TypeInsnNode(Opcodes.NEW, WORK));
        relay(companion, "take$", "take", "()[Ljava/lang/Object;");
        relay(companion, "end$", "end", "()V");
    }

    private static void relay(Companion companion, String name, String called, String descriptor) {
        MethodNode made = companion.method(name, descriptor);
        made.instructions.add(construction(companion));
        made.instructions.add(
                new MethodInsnNode(Opcodes.INVOKEVIRTUAL, WORK, called, descriptor, false));
        made.instructions.add(Code.result(descriptor));
        made.maxStack = 1;
    }

    private static FieldInsnNode construction(Companion companion) {
        return new FieldInsnNode(
                Opcodes.GETSTATIC, companion.name(), "construction$", "L" + WORK + ";");
    }

    private static void begin(Companion companion, MethodNode begin, int which) {
        Type[] types = Type.getArgumentTypes(begin.desc);
        InsnList code = begin.instructions;
        code.add(construction(companion));
        code.add(Code.number(which));
        code.add(Code.number(types.length));
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        int slot = 0;
        for (int i = 0; i < types.length; i++) {
            code.add(new InsnNode(Opcodes.DUP));
            code.add(Code.number(i));
            code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ILOAD), slot));
            code.add(Code.box(types[i]));
            code.add(new InsnNode(Opcodes.AASTORE));
            slot += types[i].getSize();
        }
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, WORK, "begin", "(I[Ljava/lang/Object;)V", false));
        code.add(new InsnNode(Opcodes.RETURN));
        begin.maxLocals = slot;
        begin.maxStack = 8;
    }

    /** The host's body, behind those of the added constructors. */
    MethodNode body(String owner, MethodNode own) throws BuildProblem {
        Host host = hosts.get(owner);
        if (host == null) {
            return own;
        }
        boolean frames = (homes.before(owner).version & 0xFFFF) >= Opcodes.V1_6;
        int parameters = Code.size(own.desc) + 1;
        int waiting = parameters;
        for (Added added : host.added.values()) {
            waiting = Math.max(waiting, Code.size(added.body().desc) + 1);
        }
        List<Object> entry = new ArrayList<>(List.of(Opcodes.UNINITIALIZED_THIS));
        entry.addAll(List.of(AddedMethods.frame(own.desc)));
        List<Object> between = new ArrayList<>(entry);
        for (int slot = parameters; slot < waiting; slot++) {
            between.add(Opcodes.TOP);
        }
        between.add("[Ljava/lang/Object;");

        LabelNode ownBody = new LabelNode();
        InsnList code = look(homes.code(owner).name(), waiting, ownBody);
        for (Added added : host.added.values()) {
            LabelNode next = new LabelNode();
            code.add(isFor(added, waiting, next));
            code.add(unpack(added.body().desc, waiting));
            append(own, added.body(), code);
            code.add(next);
            if (frames) {
                code.add(frame(between));
            }
        }
        code.add(new InsnNode(Opcodes.NOP));
        code.add(ownBody);
        if (frames) {
            code.add(frame(entry));
        }
        own.instructions.insert(code);
        own.maxLocals = Math.max(own.maxLocals, waiting + 1);
        own.maxStack = Math.max(own.maxStack, 4);
        own.localVariables = null;
        return own;
    }

    private static void append(MethodNode own, MethodNode added, InsnList code) {
        own.tryCatchBlocks.addAll(added.tryCatchBlocks);
        own.maxStack = Math.max(own.maxStack, added.maxStack);
        own.maxLocals = Math.max(own.maxLocals, added.maxLocals);
        code.add(added.instructions);
    }

    private static InsnList look(String companion, int waiting, LabelNode ownBody) {
        InsnList code = new InsnList();
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, companion, "take$", "()[Ljava/lang/Object;", false));
        code.add(new VarInsnNode(Opcodes.ASTORE, waiting));
        code.add(new VarInsnNode(Opcodes.ALOAD, waiting));
        code.add(new JumpInsnNode(Opcodes.IFNULL, ownBody));
        return code;
    }

    private static InsnList isFor(Added added, int waiting, LabelNode next) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, waiting));
        code.add(Code.number(added.number()));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, WORK, "isFor", "([Ljava/lang/Object;I)Z", false));
        code.add(new JumpInsnNode(Opcodes.IFEQ, next));
        return code;
    }

    /** Puts the arguments into the slots in which the added constructor's body looks for them. */
    private static InsnList unpack(String descriptor, int waiting) {
        InsnList code = new InsnList();
        int slot = 1;
        int index = 1;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            code.add(new VarInsnNode(Opcodes.ALOAD, waiting));
            code.add(Code.number(index++));
            code.add(new InsnNode(Opcodes.AALOAD));
            code.add(Code.unbox(type));
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), slot));
            slot += type.getSize();
        }
        return code;
    }

    private static FrameNode frame(List<Object> locals) {
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }
}
