package dev.jlp.builder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may lie in the locals and on the operand stack before an instruction. */
final class FlowState {

    /**
     * Where an object may come from. An origin is the number of the instruction that made it, or,
     * negative, a static field of the class.
     *
     * @param origins of the object itself
     * @param parts of objects that it may be a part of, or a view on
     */
    record Value(Set<Integer> origins, Set<Integer> parts) {

        static final Value NONE = new Value(Set.of(), Set.of());

        static Value from(int origin) {
            return new Value(Set.of(origin), Set.of());
        }

        Value merge(Value other) {
            return equals(other)
                    ? this
                    : new Value(union(origins, other.origins), union(parts, other.parts));
        }

        Set<Integer> all() {
            return union(origins, parts);
        }
    }

    /**
     * A local variable.
     *
     * @param value that it may hold
     * @param stores numbers of the instructions that may have stored it
     */
    record Local(Value value, Set<Integer> stores) {

        static final Local UNSET = new Local(Value.NONE, Set.of());

        Local merge(Local other) {
            return equals(other)
                    ? this
                    : new Local(value.merge(other.value), union(stores, other.stores));
        }
    }

    private final List<Local> locals;
    private final List<Value> stack;

    private FlowState(List<Local> locals, List<Value> stack) {
        this.locals = locals;
        this.stack = stack;
    }

    static FlowState start(int locals) {
        List<Local> unset = new ArrayList<>();
        for (int i = 0; i < locals; i++) {
            unset.add(Local.UNSET);
        }
        return new FlowState(unset, new ArrayList<>());
    }

    FlowState copy() {
        return new FlowState(new ArrayList<>(locals), new ArrayList<>(stack));
    }

    /** The state in which a handler begins. */
    FlowState handler(int index) {
        FlowState state = new FlowState(new ArrayList<>(locals), new ArrayList<>());
        state.push(Value.from(index));
        return state;
    }

    /** What both may hold; null if the other one adds nothing. */
    @Nullable
    FlowState merge(FlowState other) {
        if (stack.size() != other.stack.size()) {
            throw new IllegalArgumentException("operand stacks of different depths meet");
        }
        FlowState merged = copy();
        boolean more = false;
        for (int i = 0; i < locals.size(); i++) {
            Local local = locals.get(i).merge(other.locals.get(i));
            more |= !local.equals(locals.get(i));
            merged.locals.set(i, local);
        }
        for (int i = 0; i < stack.size(); i++) {
            Value value = stack.get(i).merge(other.stack.get(i));
            more |= !value.equals(stack.get(i));
            merged.stack.set(i, value);
        }
        return more ? merged : null;
    }

    int depth() {
        return stack.size();
    }

    Local local(int slot) {
        return locals.get(slot);
    }

    void store(int slot, Local local) {
        locals.set(slot, local);
    }

    /** A long or double takes two places, the second one empty. */
    void push(Value value, int size) {
        push(value);
        if (size == 2) {
            push(Value.NONE);
        }
    }

    void push(Value value) {
        stack.add(value);
    }

    Value pop() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("the operand stack is empty");
        }
        return stack.remove(stack.size() - 1);
    }

    Value pop(int size) {
        for (int i = 1; i < size; i++) {
            pop();
        }
        return size == 0 ? Value.NONE : pop();
    }

    /** Puts copies of the topmost places below those under them. */
    void duplicate(int places, int under) {
        int from = stack.size() - places;
        if (from - under < 0) {
            throw new IllegalArgumentException("the operand stack is too short");
        }
        stack.addAll(from - under, List.copyOf(stack.subList(from, stack.size())));
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        if (other.isEmpty() || one.equals(other)) {
            return one;
        }
        if (one.isEmpty()) {
            return other;
        }
        Set<Integer> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }
}
