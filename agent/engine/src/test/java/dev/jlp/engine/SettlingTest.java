package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** The list when a transition is over, and what force pins: kernel sections 2.3, 2.6 and 4.2. */
class SettlingTest {

    private static final LoadOptions STRICT = new LoadOptions(false, false, Conflicts.REFUSE);
    private static final MethodKey A = Entries.method("a");
    private static final MethodKey B = Entries.method("b");
    private static final PatchEntry ONE = Entries.entry("one", "1", "set", A);
    private static final PatchEntry TWO = Entries.entry("two", "2", "set", A);
    private static final PatchEntry OTHER = Entries.entry("other", "1", "elsewhere", B);

    private final PatchList list =
            loaded(loaded(PatchList.EMPTY, OTHER, transition("other")), ONE, transition("one"));

    @Test
    void a_load_that_ends_where_it_wanted_replaces_its_set_and_nothing_else() {
        PatchList after = loaded(list, TWO, transition("two"));

        assertThat(lives(after))
                .containsExactly("other is enabled", "one is replaced", "two is enabled");
    }

    /** AR-4. */
    @Test
    void a_replacing_load_that_was_reversed_leaves_the_old_patches_as_they_were() {
        PatchList after = loaded(list, TWO, transition("two").reversed());

        assertThat(lives(after))
                .containsExactly("other is enabled", "one is enabled", "two is disabled");
        assertThat(after.active()).isEqualTo(list.active());
    }

    @Test
    void force_pins_nobody_when_a_patch_comes_that_replaces_none() {
        PatchList after = loaded(PatchList.EMPTY, ONE, transition("one").force());

        assertThat(pinned(after)).isEmpty();
    }

    /** AR-8: confined to those that are replaced. */
    @Test
    void force_pins_the_replaced_when_a_patch_takes_their_place() {
        PatchList after = loaded(list, TWO, transition("two").force());

        assertThat(pinned(after)).containsExactly("one");
        assertThat(after.againstUnload("one"))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.message()).contains("was forced"));
    }

    @Test
    void force_pins_the_patch_that_leaves() {
        PatchList after = list.become("one", Life.DISABLING)
                .settle(Transition.start(2, "one", Operation.DISABLE).armed().force());

        assertThat(pinned(after)).containsExactly("one");
    }

    @Test
    void force_pins_a_load_that_goes_back_and_not_those_that_stay() {
        PatchList after = loaded(list, TWO, transition("two").reversed().force());

        assertThat(pinned(after)).containsExactly("two");
    }

    @Test
    void force_pins_nobody_when_a_disable_goes_back() {
        PatchList after = list.become("one", Life.DISABLING)
                .settle(Transition.start(2, "one", Operation.DISABLE)
                        .armed()
                        .reversed()
                        .force());

        assertThat(pinned(after)).isEmpty();
        assertThat(after.active()).isEqualTo(list.active());
    }

    /** Section 2.6: it could only come back after it had been removed, which it can't be. */
    @Test
    void a_pinned_patch_is_never_loaded_again() {
        PatchList disabled = list.become("one", Life.DISABLING)
                .settle(Transition.start(2, "one", Operation.DISABLE).armed().force());

        assertThat(disabled.againstLoad(ONE, STRICT, Optional.empty()))
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(Refusal.Code.EEXIST);
                    assertThat(refusal.message()).contains("was forced");
                });
    }

    private static Transition transition(String patch) {
        return Transition.start(1, patch, Operation.LOAD).armed();
    }

    private static PatchList loaded(PatchList list, PatchEntry entry, Transition ended) {
        return list.load(entry).settle(ended);
    }

    private static List<String> lives(PatchList list) {
        return list.entries().stream()
                .map(entry -> entry.name() + " is " + entry.life().word())
                .toList();
    }

    private static List<String> pinned(PatchList list) {
        return list.entries().stream()
                .filter(PatchEntry::forced)
                .map(PatchEntry::name)
                .toList();
    }
}
