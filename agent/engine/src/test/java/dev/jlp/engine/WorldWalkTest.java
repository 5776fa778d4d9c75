package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.patch.Replace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

/**
 * Every state of a small world: three patches of two sets, two of them on one method, one that drops a fix;
 * threads that call, return, are looked at, end and are born at any moment; loads, disables, reversals, force,
 * unloads.
 */
class WorldWalkTest {

    private static final MethodKey OUTER = Entries.method("outer");
    private static final MethodKey INNER = Entries.method("inner");
    private static final List<PatchEntry> PATCHES = List.of(
            Entries.entry("one", "1", Replace.SET, "a", Map.of("s", 1), OUTER, INNER),
            Entries.entry("two", "2", Replace.SET, "a", Map.of("s", 1), OUTER),
            Entries.entry("other", "1", "b", OUTER));

    @Test
    void three_threads_never_mix() {
        assertThat(walk(new WorldRules(), PATCHES, 3, 0, true)).isGreaterThan(100_000);
    }

    @Test
    void two_threads_never_mix_but_where_force_left_them() {
        assertThat(walk(new WorldRules(), PATCHES, 2, 1, true)).isGreaterThan(100_000);
    }

    @Test
    void three_threads_never_mix_but_where_force_left_them() {
        List<PatchEntry> two = List.of(PATCHES.get(0), PATCHES.get(2));

        assertThat(walk(new WorldRules(), two, 3, 1, true)).isGreaterThan(100_000);
    }

    @Test
    void every_list_with_its_remnants_keeps_the_rules() {
        assertThat(walk(new WorldRules(), PATCHES, 1, 1, false)).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource
    void a_seeded_bug_is_found(SeededBugs bug) {
        assertThatThrownBy(() -> walk(bug.rules, PATCHES, 1, 1, false))
                .isInstanceOf(WorldInvariants.Broken.class)
                .hasMessageContaining(bug.finding);
    }

    private static int walk(
            WorldRules rules, List<PatchEntry> patches, int threads, int forces, boolean tidy) {
        return new WorldWalk(
                        new WorldThreads(rules, OUTER, INNER),
                        new WorldOperations(rules, patches, forces, tidy),
                        threads)
                .all();
    }
}
