package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.engine.Plan.Step;
import dev.jlp.patch.Replace;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PlanTest {

    private static final MethodKey A = Entries.method("a");
    private static final MethodKey B = Entries.method("b");
    private static final LoadOptions STRICT = new LoadOptions(false, false, Conflicts.REFUSE);
    private static final PatchEntry ONE = Entries.entry("one", "1", "set", A, B);
    private static final PatchEntry TWO = Entries.entry("two", "2", "set", A);
    private static final PatchEntry STRANGER = Entries.entry("stranger", "1", "other", A);

    @Test
    void a_step_names_what_it_replaces_and_drops_though_it_is_refused_for_it() {
        Step second = Plan.of(List.of(ONE, TWO), STRICT).steps().get(1);

        assertThat(second.loads()).isFalse();
        assertThat(second.replaced()).containsExactly("one");
        assertThat(second.dropped()).containsExactly(new Owned("T.b()V", "one"));
        assertThat(second.after().active()).extracting(PatchEntry::name).containsExactly("one");
    }

    @Test
    void what_is_allowed_to_drop_replaces_in_one_transition_of_both_methods() {
        LoadOptions dropping = new LoadOptions(false, true, Conflicts.REFUSE);
        Step second = Plan.of(List.of(ONE, TWO), dropping).steps().get(1);

        assertThat(second.loads()).isTrue();
        assertThat(second.affected()).containsExactly(A, B);
        assertThat(second.stacks()).isEqualTo(Map.of(A, List.of("two")));
        assertThat(second.dropped()).containsExactly(new Owned("T.b()V", "one"));
    }

    @Test
    void a_conflict_is_refused_and_what_comes_after_it_goes_on_from_before_it() {
        Plan plan = Plan.of(List.of(ONE, STRANGER, TWO), STRICT);

        assertThat(plan.steps().get(1).conflicts()).containsExactly(new Owned("T.a()V", "one"));
        assertThat(plan.firstRefusal())
                .hasValueSatisfying(
                        first -> assertThat(first.names()).containsExactly("T.a()V (of 'one')"));
        assertThat(plan.steps().get(2).replaced()).containsExactly("one");
    }

    @Test
    void with_stacks_a_conflict_is_named_and_the_newest_lies_on_top() {
        LoadOptions stacking = new LoadOptions(false, false, Conflicts.STACK);
        Step second = Plan.of(List.of(ONE, STRANGER), stacking).steps().get(1);

        assertThat(second.conflicts()).containsExactly(new Owned("T.a()V", "one"));
        assertThat(second.stacks())
                .containsEntry(A, List.of("stranger", "one"))
                .containsEntry(B, List.of("one"));
        assertThat(second.after().stackOrder("stranger")).isEqualTo(2);
    }

    /** Kernel section 2.8: E8, E6, P1, then ours. */
    @Test
    void every_reason_is_there_in_the_kernel_s_order() {
        PatchEntry stateful =
                Entries.entry("x", "5", Replace.SET, "set", Map.of("s", 2, "t", 1), A, B);
        PatchEntry wrong = Entries.entry("x", "1", Replace.SET, "set", Map.of("s", 1), A);

        assertThat(Plan.of(List.of(stateful, wrong), STRICT).steps().get(1).refusals())
                .extracting(Refusal::message)
                .satisfiesExactly(
                        name -> assertThat(name).contains("a patch named 'x'"),
                        state -> assertThat(state).contains("not compatible"),
                        drop -> assertThat(drop).contains("would be dropped", "state 't'"),
                        version -> assertThat(version).contains("is lower than 5"));
    }

    @Test
    void a_replaced_patch_comes_back_where_a_downgrade_is_allowed() {
        PatchEntry again = Entries.entry("two", "2", "set", A, B);
        LoadOptions rollback = new LoadOptions(true, false, Conflicts.REFUSE);

        Plan plan = Plan.of(List.of(ONE, again, ONE), rollback);

        assertThat(plan.firstRefusal()).isEmpty();
        assertThat(plan.steps().get(2).replaced()).containsExactly("two");
        assertThat(Plan.of(List.of(ONE, again, ONE), STRICT).firstRefusal())
                .hasValueSatisfying(
                        first -> assertThat(first.message()).contains("--allow-downgrade"));
    }
}
