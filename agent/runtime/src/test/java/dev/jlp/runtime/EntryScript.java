package dev.jlp.runtime;

import static dev.jlp.runtime.EntryStep.BEAR;
import static dev.jlp.runtime.EntryStep.INNER;
import static dev.jlp.runtime.EntryStep.INNER_BY_NATIVE;
import static dev.jlp.runtime.EntryStep.INNER_RESOLVED;
import static dev.jlp.runtime.EntryStep.OUTER;
import static dev.jlp.runtime.EntryStep.WAIT;

import java.util.List;
import java.util.stream.Stream;

/**
 * A small world's course.
 *
 * @param steps of each thread
 * @param reversals at most so many, between any two rounds of looks
 * @param quirks what is otherwise in it
 */
public record EntryScript(List<List<EntryStep>> steps, int reversals, List<Quirk> quirks) {

    static final EntryScript NEST = of(0, OUTER, WAIT, INNER);
    static final EntryScript CALLS_IN_HAND = of(0, INNER_BY_NATIVE, INNER_RESOLVED);
    static final EntryScript REVERSED = of(1, OUTER);
    static final EntryScript HELD_AND_REVERSED = of(1, OUTER, INNER);
    static final EntryScript ARMED_ONE_BY_ONE = of(0, INNER, OUTER).with(Quirk.ONE_IS_ARMED_EARLY);
    static final EntryScript ONE_MISSES_THE_END = of(0, WAIT, OUTER).with(Quirk.ONE_MISSES_THE_END);
    static final EntryScript BIRTH =
            new EntryScript(List.of(List.of(BEAR), List.of(INNER)), 0, List.of(Quirk.BIRTH));

    /** The one that only waits makes the round of looks long enough for a command to come in between. */
    static final EntryScript REVERSED_BETWEEN_LOOKS =
            new EntryScript(List.of(List.of(), List.of(WAIT, INNER)), 1, List.of());

    /** What a world may have besides. */
    public enum Quirk {
        /** The second thread is made and started by the first. */
        BIRTH,
        /** A method is armed before the other, by a retransformation. */
        ONE_IS_ARMED_EARLY,
        /** A class that is just being defined comes armed, and misses the last redefinition. */
        ONE_MISSES_THE_END,
        /** A mistake: the last bodies are put in place before the outcome is known. */
        FINALISED_BEFORE_DECIDED,
        /** A mistake: threads may settle before everything is armed. */
        OPENED_BEFORE_ARMED
    }

    private static EntryScript of(int reversals, EntryStep... steps) {
        return new EntryScript(List.of(List.of(steps)), reversals, List.of());
    }

    EntryScript with(Quirk... more) {
        return new EntryScript(
                steps,
                reversals,
                Stream.concat(quirks.stream(), Stream.of(more)).toList());
    }

    public boolean bears() {
        return quirks.contains(Quirk.BIRTH);
    }

    public boolean armsOneEarly() {
        return quirks.contains(Quirk.ONE_IS_ARMED_EARLY);
    }

    public boolean missesOne() {
        return quirks.contains(Quirk.ONE_MISSES_THE_END);
    }

    public boolean finalisesFirst() {
        return quirks.contains(Quirk.FINALISED_BEFORE_DECIDED);
    }

    public boolean opensEarly() {
        return quirks.contains(Quirk.OPENED_BEFORE_ARMED);
    }
}
