package dev.jlp.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bridge's entries against the coordinator's looks, in every order of their steps: the product's own code,
 * in worlds so small that all orders can be tried. Between volatile fields all orders are those that one
 * thread at a time can make; that no other field is shared is checked on the way.
 */
final class EntryProtocolTest {

    @Test
    void a_nest_of_calls_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.NEST).states()).isGreaterThan(10_000);
    }

    @Test
    void a_call_that_was_resolved_before_is_waited_for_in_any_order() {
        assertThat(orders(EntryScript.CALLS_IN_HAND).states()).isGreaterThan(1_000);
    }

    @Test
    void a_reversed_transition_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.REVERSED).states()).isGreaterThan(10_000);
    }

    @Test
    void a_thread_that_is_held_back_and_reversed_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.HELD_AND_REVERSED).states()).isGreaterThan(10_000);
    }

    @Test
    void classes_that_are_armed_one_by_one_never_mix_in_any_order() {
        assertThat(orders(EntryScript.ARMED_ONE_BY_ONE).states()).isGreaterThan(10_000);
    }

    @Test
    void a_class_that_misses_the_end_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.ONE_MISSES_THE_END).states()).isGreaterThan(1_000);
    }

    @Test
    void a_thread_that_is_born_meanwhile_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.BIRTH).states()).isGreaterThan(10_000);
    }

    @Test
    void a_reversal_between_two_looks_never_mixes_in_any_order() {
        assertThat(orders(EntryScript.REVERSED_BETWEEN_LOOKS).states()).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_seeded_bug_is_found(EntryBug bug) {
        assertThatThrownBy(() -> orders(bug, bug.script))
                .isInstanceOf(Schedule.Broken.class)
                .hasMessageContaining(bug.finding);
    }

    private static Interleavings.Tried orders(EntryScript script) {
        return orders(EntryBug.NONE, script);
    }

    private static Interleavings.Tried orders(EntryBug bug, EntryScript script) {
        return new Interleavings(new EntryLoader(bug).world(script)).all();
    }
}
