package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.coverage.Comparison.Difference;
import dev.jlp.coverage.Comparison.Said;
import dev.jlp.coverage.Comparison.Sort;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class ComparisonTest {

    private final Said vulnerable = always("old");
    private final Said fixed = always("new");

    @Test
    void a_patch_that_comes_and_goes_without_a_trace_has_no_differences() {
        Comparison comparison = compare(patched("old", "new", "old"));

        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(1);
        assertThat(comparison.toldApart()).isEqualTo(1);
        assertThat(comparison.toldApartAsFixed()).isEqualTo(1);
    }

    @Test
    void each_state_has_its_own_measure() {
        assertThat(sorts(patched("x", "new", "old"))).containsExactly(Sort.BEFORE);
        assertThat(sorts(patched("old", "old", "old"))).containsExactly(Sort.AFTER);
        assertThat(sorts(patched("old", "new", "new"))).containsExactly(Sort.DISABLED);
    }

    @Test
    void an_error_that_neither_release_gives_is_broken() {
        assertThat(sorts(patched("old", "throws java.lang.NoSuchMethodError: x", "old")))
                .containsExactly(Sort.AFTER_BROKEN);
        assertThat(Comparison.isBroken(
                        "throws NullPointerException", "throws NullPointerException"))
                .isFalse();
        assertThat(Comparison.isBroken("not over in time", "1", "2")).isTrue();
    }

    @Test
    void a_call_that_is_not_the_same_twice_is_left_out() {
        Said other = always("newer");

        Comparison comparison = new Comparison(
                List.of(vulnerable, vulnerable), List.of(fixed, other), patched("x", "y", "z"));

        assertThat(comparison.unsteady()).isEqualTo(1);
        assertThat(comparison.compared()).isZero();
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void objects_made_before_may_answer_as_either_release() {
        Said patched = patched("old", "new", "old");

        assertThat(with(patched, Phase.OLD_OBJECTS, "old").old().asVulnerable()).isEqualTo(1);
        assertThat(with(patched, Phase.OLD_OBJECTS, "new").old().asFixed()).isEqualTo(1);
        assertThat(with(patched, Phase.OLD_OBJECTS, "else").count(Sort.OLD_NEITHER))
                .isEqualTo(1);
        assertThat(with(patched, Phase.OLD_OBJECTS, "throws ClassCastException")
                        .count(Sort.OLD_BROKEN))
                .isEqualTo(1);
    }

    @Test
    void after_the_disable_the_oldest_objects_are_the_vulnerable_releases() {
        Said patched = patched("old", "new", "old");

        assertThat(with(patched, Phase.OLDEST_OBJECTS, "new").count(Sort.OLDEST))
                .isEqualTo(1);
        assertThat(with(patched, Phase.LEFT_OBJECTS, "new").left().asFixed()).isEqualTo(1);
    }

    private Comparison with(Said patched, Phase phase, String text) {
        Map<Phase, Map<Integer, String>> texts = new EnumMap<>(patched.texts());
        texts.put(phase, Map.of(7, text));
        return compare(new Said(texts));
    }

    private List<Sort> sorts(Said patched) {
        return compare(patched).differences().stream().map(Difference::sort).toList();
    }

    private Comparison compare(Said patched) {
        return new Comparison(List.of(vulnerable, vulnerable), List.of(fixed, fixed), patched);
    }

    private static Said patched(String before, String after, String disabled) {
        Map<Phase, Map<Integer, String>> texts = new EnumMap<>(always("old").texts());
        texts.put(Phase.BEFORE, Map.of(7, before));
        texts.put(Phase.AFTER, Map.of(7, after));
        texts.put(Phase.DISABLED, Map.of(7, disabled));
        return new Said(texts);
    }

    private static Said always(String text) {
        Map<Phase, Map<Integer, String>> texts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            texts.put(phase, Map.of(7, text));
        }
        return new Said(texts);
    }
}
