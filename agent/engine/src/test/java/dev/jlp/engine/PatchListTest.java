package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.engine.Refusal.Code;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.Replace;
import dev.jlp.patch.Version;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

class PatchListTest {

    private static final MethodKey A = key("a");
    private static final MethodKey B = key("b");
    private static final MethodKey C = key("c");
    private static final LoadOptions STRICT = new LoadOptions(false, false, Conflicts.REFUSE);

    private final PatchEntry one = entry("one", "1", "set", A, B);
    private final PatchList list = enabled(PatchList.EMPTY, one);

    @Test
    void a_name_is_taken_while_its_patch_is_active() {
        assertThat(codes(entry("one", "1", "set", A, B))).containsExactly(Code.EEXIST);
    }

    @Test
    void the_remnant_of_the_same_artifact_is_no_obstacle_and_that_of_another_is() {
        PatchList disabled = list.become("one", Life.DISABLING).become("one", Life.DISABLED);
        PatchEntry other = new PatchEntry(
                "one",
                new Version("1"),
                "other",
                new ReplaceRule(Replace.SET, "set", List.of()),
                new Contents(Set.of(A), Set.of(), Map.of()),
                Life.ENABLING,
                false);

        assertThat(disabled.againstLoad(entry("one", "1", "set", A, B), STRICT, Optional.empty()))
                .isEmpty();
        assertThat(disabled.againstLoad(other, STRICT, Optional.empty()))
                .extracting(Refusal::code)
                .containsExactly(Code.EEXIST);
    }

    /** Kernel section 2.8, P1. */
    @Test
    void a_method_of_another_set_is_a_conflict_that_names_method_and_owner() {
        List<Refusal> refusals =
                list.againstLoad(entry("two", "1", "other", B, C), STRICT, Optional.empty());

        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).code()).isEqualTo(Code.EINVAL);
        assertThat(refusals.get(0).names()).containsExactly("T.b()V (of 'one')");
    }

    @Test
    void
            a_replacing_patch_that_drops_a_fix_is_refused_unless_it_supersedes_or_the_operator_allows() {
        PatchEntry dropping = entry("two", "2", "set", A);
        PatchEntry superseding = new PatchEntry(
                "two",
                new Version("2"),
                "d",
                new ReplaceRule(Replace.SET, "set", List.of("one")),
                new Contents(Set.of(A), Set.of(), Map.of()),
                Life.ENABLING,
                false);

        assertThat(codes(dropping)).containsExactly(Code.EINVAL);
        assertThat(list.againstLoad(superseding, STRICT, Optional.empty())).isEmpty();
        assertThat(list.againstLoad(
                        dropping, new LoadOptions(false, true, Conflicts.REFUSE), Optional.empty()))
                .isEmpty();
    }

    @Test
    void a_lower_version_than_one_that_was_ever_active_is_a_downgrade() {
        PatchList later = enabled(list, entry("two", "2", "set", A, B));
        PatchEntry older = entry("three", "1.5", "set", A, B);

        assertThat(later.againstLoad(older, STRICT, Optional.empty()))
                .extracting(Refusal::code)
                .containsExactly(Code.EINVAL);
        assertThat(later.againstLoad(
                        older, new LoadOptions(true, false, Conflicts.REFUSE), Optional.empty()))
                .isEmpty();
    }

    /** Kernel section 4.1, replace = no: any patch of the stack may go, the middle one too. */
    @Test
    void with_stacks_the_newest_wins_and_the_next_older_one_comes_back_when_it_goes() {
        PatchEntry two = entry("two", "1", "other", B);
        PatchEntry three = entry("three", "1", "third", B, C);
        LoadOptions stacking = new LoadOptions(false, false, Conflicts.STACK);
        assertThat(list.againstLoad(two, stacking, Optional.empty())).isEmpty();
        PatchList stacked = enabled(enabled(list, two), three);

        assertThat(MethodStacks.owner(stacked.active(), B)).contains("three");
        assertThat(MethodStacks.owner(stacked.inForceAfterDisable("three"), B)).contains("two");
        List<PatchEntry> withoutMiddle = stacked.inForceAfterDisable("two");
        assertThat(MethodStacks.owner(withoutMiddle, B)).contains("three");
        assertThat(MethodStacks.affected(stacked.active(), withoutMiddle)).containsExactly(B);
    }

    @Test
    void a_quiesce_method_takes_part_in_the_transition_but_hides_nobodys_fix() {
        PatchEntry quiet =
                entry("quiet", "1", "other", new Contents(Set.of(C), Set.of(A), Map.of()));
        assertThat(list.againstLoad(quiet, STRICT, Optional.empty())).isEmpty();

        List<PatchEntry> after = list.inForceAfterLoad(quiet);

        assertThat(MethodStacks.owner(after, A)).contains("one");
        assertThat(MethodStacks.affected(list.active(), after)).containsExactly(A, C);
    }

    /** Kernel section 4.4: E6. */
    @Test
    void a_state_going_backwards_is_not_compatible_and_one_that_disappears_is_dropped() {
        PatchList second = enabled(PatchList.EMPTY, stateful("second", 2));

        assertThat(second.againstLoad(stateful("third", 2), STRICT, Optional.empty()))
                .isEmpty();
        assertThat(second.againstLoad(stateful("first", 1), STRICT, Optional.empty()))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message())
                        .contains(
                                "not compatible",
                                "state 'level' has version 2 in 'second' and 1 here"));
        assertThat(second.againstLoad(entry("none", "1", "set", A), STRICT, Optional.empty()))
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.names()).containsExactly("state 'level' (of 'second')"));
    }

    @Test
    void a_state_of_another_set_is_a_conflict() {
        PatchList second = enabled(PatchList.EMPTY, stateful("second", 2));
        PatchEntry other = entry("other", "1", "elsewhere", stateful("x", 2).contents());

        assertThat(second.againstLoad(other, STRICT, Optional.empty()))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.names())
                        .containsExactly("T.a()V (of 'second')", "state 'level' (of 'second')"));
    }

    /** Kernel section 2.8: E6 comes before everything but the name, conflicts come before E12. */
    @Test
    void busy_is_answered_last() {
        assertThat(list.againstLoad(entry("two", "1", "other", B), STRICT, Optional.of("one")))
                .extracting(Refusal::code)
                .containsExactly(Code.EINVAL, Code.EBUSY);
    }

    @Test
    void only_active_patches_are_disabled_and_only_inactive_ones_unloaded() {
        assertThat(list.againstDisable("one", Optional.empty())).isEmpty();
        assertThat(list.againstUnload("one")).isPresent();
        PatchList disabled = list.become("one", Life.DISABLING).become("one", Life.DISABLED);
        assertThat(disabled.againstDisable("one", Optional.empty())).isPresent();
        assertThat(disabled.againstUnload("one")).isEmpty();
        assertThat(disabled.pin("one").againstUnload("one")).isPresent();
        assertThat(list.againstDisable("nobody", Optional.empty())).isPresent();
    }

    @Test
    void the_newest_patch_that_has_a_method_owns_it_and_nobody_means_the_original() {
        PatchEntry two = entry("two", "1", "other", B);
        List<PatchEntry> both = List.of(one, two);

        assertThat(MethodStacks.owner(both, A)).contains("one");
        assertThat(MethodStacks.owner(both, B)).contains("two");
        assertThat(MethodStacks.owner(both, C)).isEmpty();
    }

    /** Kernel section 4.2, AR-1 and AR-2: dropped methods take part in the same transition. */
    @Test
    void replacing_concerns_the_methods_of_both_patches() {
        PatchEntry two = entry("two", "2", "set", B, C);

        assertThat(list.inForceAfterLoad(two)).containsExactly(two);
        assertThat(MethodStacks.affected(list.active(), list.inForceAfterLoad(two)))
                .isEqualTo(new TreeSet<>(Set.of(A, B, C)));
    }

    @Test
    void stack_order_counts_active_patches_only() {
        PatchList both = enabled(list, entry("two", "1", "other", C));
        assertThat(both.stackOrder("two")).isEqualTo(2);
        PatchList without = both.become("one", Life.DISABLING).become("one", Life.DISABLED);
        assertThat(without.stackOrder("two")).isEqualTo(1);
        assertThat(without.stackOrder("one")).isZero();
    }

    private List<Code> codes(PatchEntry candidate) {
        return list.againstLoad(candidate, STRICT, Optional.empty()).stream()
                .map(Refusal::code)
                .toList();
    }

    private static PatchList enabled(PatchList list, PatchEntry entry) {
        return list.load(entry).become(entry.name(), Life.ENABLED);
    }

    private static PatchEntry stateful(String name, int version) {
        return entry(name, "1", "set", new Contents(Set.of(A), Set.of(), Map.of("level", version)));
    }

    private static PatchEntry entry(String name, String version, String set, MethodKey... methods) {
        return entry(name, version, set, new Contents(Set.of(methods), Set.of(), Map.of()));
    }

    private static PatchEntry entry(String name, String version, String set, Contents contents) {
        return new PatchEntry(
                name,
                new Version(version),
                "digest of " + name,
                new ReplaceRule(Replace.SET, set, List.of()),
                contents,
                Life.ENABLING,
                false);
    }

    private static MethodKey key(String name) {
        return new MethodKey("T", new MethodId(name, "()V"));
    }
}
