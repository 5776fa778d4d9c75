package dev.jlp.builder;

import dev.jlp.builder.CallEffects.Touch;
import dev.jlp.builder.FlowState.Local;
import dev.jlp.builder.FlowState.Value;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows objects through a method: where they come from, what is put into what, and what each
 * instruction may change. An object is known by its origin: the number of the instruction that made
 * it, or, negative, the static field of the class that it was read from.
 */
final class ValueFlow {

    private final LinearCode code;
    private final String owner;
    private final List<FieldKey> fields;
    private final @Nullable FlowState[] states;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Map<Integer, Map<Integer, Touch>> touches = new HashMap<>();
    private final Map<Integer, Set<Integer>> loads = new HashMap<>();
    private final Map<Integer, Set<Integer>> contents = new HashMap<>();
    private final Map<Integer, Set<Integer>> functions = new HashMap<>();
    private final Map<FieldKey, Set<Integer>> held = new HashMap<>();
    private final Map<Integer, Set<Integer>> loaded = new HashMap<>();

    /**
     * Follows a method.
     *
     * @param fields the static fields of the class, in the order of their origins
     * @throws IllegalArgumentException if the code is not what a verifier takes, or has subroutines
     */
    ValueFlow(String owner, List<FieldKey> fields, MethodNode method, LinearCode code) {
        this.owner = owner;
        this.fields = fields;
        this.code = code;
        this.states = new FlowState[code.size()];
        if (code.size() > 0) {
            arrive(0, FlowState.start(method.maxLocals));
        }
        while (!open.isEmpty()) {
            follow(open.pop());
        }
    }

    /** The origin of what a static field of the class holds. */
    int origin(FieldKey field) {
        return -1 - fields.indexOf(field);
    }

    /** How many places of the operand stack are taken before an instruction; -1 if it never runs. */
    int depth(int index) {
        FlowState state = states[index];
        return state == null ? -1 : state.depth();
    }

    /** What an instruction may change, by origin. */
    Map<Integer, Touch> touches(int index) {
        return touches.getOrDefault(index, Map.of());
    }

    /** The stores that an instruction may read a local from. */
    Set<Integer> loads(int index) {
        return loads.getOrDefault(index, Set.of());
    }

    /** The origins of what an instruction may read from a local. */
    Set<Integer> loaded(int index) {
        return loaded.getOrDefault(index, Set.of());
    }

    /** The origins of the objects that a static field may be set to. */
    Set<Integer> held(FieldKey field) {
        return held.getOrDefault(field, Set.of());
    }

    /** The call sites of functions that an instruction passes to somebody who may run them. */
    Set<Integer> functions(int index) {
        return functions.getOrDefault(index, Set.of());
    }

    /** The origins of what may have been put into an object. */
    Set<Integer> contents(int origin) {
        return contents.getOrDefault(origin, Set.of());
    }

    /** The static field of the class that an instruction reads or sets. */
    @Nullable
    FieldKey field(int index, int opcode) {
        AbstractInsnNode node = code.at(index);
        return node.getOpcode() == opcode ? own(node) : null;
    }

    private @Nullable FieldKey own(AbstractInsnNode node) {
        if (node instanceof FieldInsnNode access && access.owner.equals(owner)) {
            FieldKey key = FieldKey.of(access);
            return fields.contains(key) ? key : null;
        }
        return null;
    }

    private void follow(int index) {
        FlowState before = states[index];
        if (before == null) {
            return;
        }
        for (LinearCode.Range range : code.ranges()) {
            if (range.start() <= index && index < range.end()) {
                arrive(range.handler(), before.handler(range.handler()));
            }
        }
        FlowState after = before.copy();
        step(index, code.at(index), after);
        code.followers(index).forEach(next -> arrive(next, after));
    }

    private void arrive(int index, FlowState state) {
        FlowState known = states[index];
        FlowState merged = known == null ? state : known.merge(state);
        if (merged != null) {
            states[index] = merged;
            open.push(index);
        }
    }

    private void step(int index, AbstractInsnNode node, FlowState state) {
        switch (node.getType()) {
            case AbstractInsnNode.VAR_INSN -> local(index, (VarInsnNode) node, state);
            case AbstractInsnNode.IINC_INSN -> {
                int slot = ((IincInsnNode) node).var;
                add(loads, index, state.local(slot).stores());
                state.store(slot, new Local(Value.NONE, Set.of(index)));
            }
            case AbstractInsnNode.FIELD_INSN -> field(index, (FieldInsnNode) node, state);
            case AbstractInsnNode.METHOD_INSN -> call(index, (MethodInsnNode) node, state);
            case AbstractInsnNode.INVOKE_DYNAMIC_INSN ->
                site(index, (InvokeDynamicInsnNode) node, state);
            case AbstractInsnNode.MULTIANEWARRAY_INSN -> {
                state.pop(((MultiANewArrayInsnNode) node).dims);
                state.push(Value.from(index));
            }
            case AbstractInsnNode.LDC_INSN -> constant(index, ((LdcInsnNode) node).cst, state);
            case AbstractInsnNode.TYPE_INSN -> type(index, (TypeInsnNode) node, state);
            default -> plain(index, node.getOpcode(), state);
        }
    }

    private void local(int index, VarInsnNode node, FlowState state) {
        int opcode = node.getOpcode();
        if (opcode == Opcodes.RET) {
            throw new IllegalArgumentException("it has subroutines");
        }
        boolean wide = opcode == Opcodes.LLOAD
                || opcode == Opcodes.DLOAD
                || opcode == Opcodes.LSTORE
                || opcode == Opcodes.DSTORE;
        if (opcode >= Opcodes.ISTORE) {
            Value value = state.pop(wide ? 2 : 1);
            state.store(node.var, new Local(value, Set.of(index)));
        } else {
            Local local = state.local(node.var);
            add(loads, index, local.stores());
            add(loaded, index, local.value().all());
            state.push(local.value(), wide ? 2 : 1);
        }
    }

    private void field(int index, FieldInsnNode node, FlowState state) {
        FieldKey own = own(node);
        int size = Type.getType(node.desc).getSize();
        switch (node.getOpcode()) {
            case Opcodes.GETSTATIC ->
                state.push(value(node.desc, own == null ? index : origin(own)), size);
            case Opcodes.PUTSTATIC -> {
                Value value = state.pop(size);
                if (own != null) {
                    add(contents, origin(own), value.all());
                    add(held, own, value.origins());
                }
            }
            case Opcodes.GETFIELD -> {
                Value object = state.pop();
                state.push(CallEffects.isValue(node.desc) ? Value.NONE : object, size);
            }
            default -> {
                Value value = state.pop(size);
                putInto(index, state.pop(), value);
            }
        }
    }

    private void putInto(int index, Value object, Value value) {
        touch(index, object, Touch.CERTAIN);
        object.origins().forEach(origin -> add(contents, origin, value.all()));
    }

    private void call(int index, MethodInsnNode call, FlowState state) {
        Touch receiverTouch = CallEffects.receiver(call);
        Touch argumentTouch = CallEffects.arguments(call);
        Value arguments = Value.NONE;
        for (Type type : reversed(call.desc)) {
            arguments = arguments.merge(state.pop(type.getSize()));
        }
        touch(index, arguments, argumentTouch);
        if (!CallEffects.keepsFunctions(call)) {
            add(functions, index, functionsOf(arguments));
        }
        Value receiver = Value.NONE;
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            receiver = state.pop();
            touch(index, receiver, receiverTouch);
            mix(receiver, arguments);
        }
        if (argumentTouch != Touch.NONE) {
            mix(arguments, arguments);
            mix(arguments, receiver);
        }
        result(index, call, receiver, arguments, state);
    }

    private void result(
            int index, MethodInsnNode call, Value receiver, Value arguments, FlowState state) {
        Type type = Type.getReturnType(call.desc);
        if (type.getSort() == Type.VOID) {
            return;
        }
        if (CallEffects.isValue(type.getDescriptor())) {
            state.push(Value.NONE, type.getSize());
            return;
        }
        add(contents, index, receiver.merge(arguments).all());
        Value source = call.getOpcode() == Opcodes.INVOKESTATIC ? arguments : receiver;
        state.push(new Value(Set.of(index), wholes(source)));
    }

    /**
     * What a result may be a part of. Of a chain of calls only the beginning counts, so that a long
     * one stays cheap: the results in between have it among their contents.
     */
    private Set<Integer> wholes(Value source) {
        if (source.parts().isEmpty()) {
            return source.origins();
        }
        Set<Integer> wholes = new HashSet<>(source.parts());
        for (int origin : source.origins()) {
            if (origin < 0 || !(code.at(origin) instanceof MethodInsnNode)) {
                wholes.add(origin);
            }
        }
        return wholes;
    }

    private void site(int index, InvokeDynamicInsnNode site, FlowState state) {
        Value arguments = Value.NONE;
        for (Type type : reversed(site.desc)) {
            arguments = arguments.merge(state.pop(type.getSize()));
        }
        Type type = Type.getReturnType(site.desc);
        if (CallEffects.isValue(type.getDescriptor())) {
            state.push(Value.NONE, type.getSize());
        } else {
            add(contents, index, arguments.all());
            state.push(new Value(Set.of(index), arguments.all()));
        }
    }

    private void constant(int index, Object constant, FlowState state) {
        if (constant instanceof ConstantDynamic dynamic) {
            state.push(value(dynamic.getDescriptor(), index), dynamic.getSize());
        } else {
            state.push(Value.NONE, constant instanceof Long || constant instanceof Double ? 2 : 1);
        }
    }

    private void plain(int index, int opcode, FlowState state) {
        switch (opcode) {
            case Opcodes.JSR -> throw new IllegalArgumentException("it has subroutines");
            case Opcodes.DUP -> state.duplicate(1, 0);
            case Opcodes.DUP_X1 -> state.duplicate(1, 1);
            case Opcodes.DUP_X2 -> state.duplicate(1, 2);
            case Opcodes.DUP2 -> state.duplicate(2, 0);
            case Opcodes.DUP2_X1 -> state.duplicate(2, 1);
            case Opcodes.DUP2_X2 -> state.duplicate(2, 2);
            case Opcodes.SWAP -> {
                Value top = state.pop();
                Value under = state.pop();
                state.push(top);
                state.push(under);
            }
            case Opcodes.NEWARRAY -> {
                state.pop();
                state.push(Value.from(index));
            }
            case Opcodes.AALOAD -> state.pop(); // an element counts as its array
            case Opcodes.IASTORE,
                    Opcodes.LASTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.AASTORE,
                    Opcodes.BASTORE,
                    Opcodes.CASTORE,
                    Opcodes.SASTORE -> {
                Value value =
                        state.pop(opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE ? 2 : 1);
                state.pop();
                putInto(index, state.pop(), value);
            }
            default -> {
                state.pop(StackEffects.taken(opcode));
                int given = StackEffects.given(opcode);
                for (int i = 0; i < given; i++) {
                    state.push(Value.NONE);
                }
            }
        }
    }

    private void type(int index, TypeInsnNode node, FlowState state) {
        switch (node.getOpcode()) {
            case Opcodes.NEW -> state.push(Value.from(index));
            case Opcodes.ANEWARRAY -> {
                state.pop();
                state.push(Value.from(index));
            }
            case Opcodes.CHECKCAST -> {
                Value value = state.pop();
                boolean plain =
                        CallEffects.isValue(Type.getObjectType(node.desc).getDescriptor());
                state.push(plain ? Value.NONE : value);
            }
            default -> plain(index, node.getOpcode(), state);
        }
    }

    private static Value value(String descriptor, int origin) {
        return CallEffects.isValue(descriptor) ? Value.NONE : Value.from(origin);
    }

    private void touch(int index, Value value, Touch touch) {
        if (touch == Touch.NONE) {
            return;
        }
        value.parts().forEach(part -> touch(index, part, Touch.POSSIBLE));
        value.origins().forEach(origin -> touch(index, origin, touch));
    }

    private void touch(int index, int origin, Touch touch) {
        touches.computeIfAbsent(index, unseen -> new HashMap<>())
                .merge(origin, touch, (a, b) -> Collections.max(List.of(a, b)));
    }

    private void mix(Value container, Value content) {
        container.all().forEach(origin -> add(contents, origin, content.all()));
    }

    private Set<Integer> functionsOf(Value value) {
        Set<Integer> sites = new HashSet<>();
        for (int origin : value.all()) {
            if (origin >= 0 && code.at(origin) instanceof InvokeDynamicInsnNode) {
                sites.add(origin);
            }
        }
        return sites;
    }

    private static List<Type> reversed(String descriptor) {
        List<Type> types = new ArrayList<>(List.of(Type.getArgumentTypes(descriptor)));
        Collections.reverse(types);
        return types;
    }

    private static <K> void add(Map<K, Set<Integer>> sets, K key, Set<Integer> items) {
        if (!items.isEmpty()) {
            sets.computeIfAbsent(key, unseen -> new HashSet<>()).addAll(items);
        }
    }
}
