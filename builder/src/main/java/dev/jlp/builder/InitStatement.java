package dev.jlp.builder;

import dev.jlp.builder.CallEffects.Touch;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A statement of a static initialiser: instructions that begin and end with nothing on the operand
 * stack, and that control enters and leaves at their ends only.
 *
 * @param span where it lies
 * @param sets static fields of its class that it sets, by itself or through methods of the class
 * @param reads static fields of its class that it reads, in the same way
 * @param touches what it may change, by origin
 * @param needs stores of locals that it reads, by instruction
 * @param uses origins of what it reads from locals
 * @param elsewhere static fields of other classes that it sets, as people write them
 */
record InitStatement(
        Span span,
        Set<FieldKey> sets,
        Set<FieldKey> reads,
        Map<Integer, Touch> touches,
        Set<Integer> needs,
        Set<Integer> uses,
        Set<String> elsewhere) {

    /**
     * Where a statement lies.
     *
     * @param start its first instruction
     * @param end the first instruction after it
     */
    record Span(int start, int end) {}

    static InitStatement empty(Span span) {
        return new InitStatement(
                span,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    /** Divides code that was followed. What returns after the last statement belongs to none. */
    static List<Span> split(LinearCode code, ValueFlow flow) {
        int size = code.size();
        boolean[] within = new boolean[size + 1];
        for (int i = 0; i < size; i++) {
            within[i] |= flow.depth(i) != 0;
            for (int target : code.jumps(i)) {
                close(within, Math.min(i, target) + 1, Math.max(i + 1, target));
            }
            if (code.at(i).getOpcode() == Opcodes.RETURN) {
                close(within, i + 1, size);
            }
        }
        for (LinearCode.Range range : code.ranges()) {
            close(
                    within,
                    Math.min(range.start(), range.handler()) + 1,
                    Math.max(range.end(), range.handler() + 1));
        }
        List<Span> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (!within[i]) {
                parts.add(new Span(start, i));
                start = i;
            }
        }
        Span last = parts.get(parts.size() - 1);
        if (last.end() - last.start() == 1 && code.at(last.start()).getOpcode() == Opcodes.RETURN) {
            parts.remove(last);
        }
        return parts;
    }

    private static void close(boolean[] within, int from, int to) {
        for (int i = from; i < to; i++) {
            within[i] = true;
        }
    }

    /** A statement is where it is; what it does follows. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InitStatement statement && statement.span.equals(span);
    }

    @Override
    public int hashCode() {
        return span.hashCode();
    }

    int start() {
        return span.start();
    }

    int end() {
        return span.end();
    }

    void touch(int origin, Touch touch) {
        touches.merge(origin, touch, (a, b) -> Collections.max(List.of(a, b)));
    }

    boolean holds(int instruction) {
        return start() <= instruction && instruction < end();
    }

    /** Whether it sets a static field, here or elsewhere, that is not among the given ones. */
    boolean setsOther(Set<FieldKey> fields) {
        return !elsewhere.isEmpty() || !fields.containsAll(sets);
    }
}
