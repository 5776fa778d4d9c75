package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class ReasonsTest {

    private static final Refusal FIELD = new Refusal("ADDED_FIELD", "a.B.f", "a field");
    private static final Refusal METHOD = new Refusal("ADDED_METHOD", "a.B.m()V", "a method");
    private static final Refusal LINK = new Refusal("LINK", "a.B", "a link");

    @Test
    void a_kind_counts_its_changes_its_pairs_and_the_pairs_that_have_no_other() {
        Reasons reasons =
                new Reasons(Map.of("one", refused(FIELD, FIELD), "two", refused(FIELD, METHOD)));

        assertThat(reasons.kinds())
                .extracting(Reasons.Count::name, Reasons.Count::changes)
                .containsExactly(tuple("ADDED_FIELD", 3), tuple("ADDED_METHOD", 1));
        assertThat(reasons.kinds())
                .extracting(Reasons.Count::pairs, Reasons.Count::alone)
                .containsExactly(tuple(2, 1), tuple(1, 0));
    }

    @Test
    void a_body_that_does_not_link_is_a_consequence_where_there_is_a_cause() {
        Reasons reasons = new Reasons(Map.of("one", refused(FIELD, LINK), "two", refused(LINK)));

        assertThat(reasons.kinds())
                .extracting(Reasons.Count::name, Reasons.Count::pairs, Reasons.Count::alone)
                .containsExactly(tuple("LINK", 2, 1), tuple("ADDED_FIELD", 1, 1));
    }

    @Test
    void pairs_are_counted_by_all_that_blocks_them_together() {
        Reasons reasons = new Reasons(Map.of(
                "one", refused(FIELD, METHOD, LINK),
                "two", refused(METHOD, FIELD),
                "three", refused(METHOD)));

        assertThat(reasons.sets())
                .extracting(Reasons.Count::name, Reasons.Count::pairs)
                .containsExactly(tuple("ADDED_FIELD + ADDED_METHOD", 2), tuple("ADDED_METHOD", 1));
    }

    @Test
    void a_build_that_came_to_something_has_no_reasons() {
        BuildReport built = new BuildReport(true, 1, 1, Map.of(), List.of(), Optional.empty());

        assertThat(Reasons.refused(Map.of("one", built, "two", refused(FIELD))))
                .containsOnlyKeys("two");
    }

    @Test
    void a_report_comes_back_from_its_document() {
        BuildReport report = new BuildReport(
                false,
                1.25,
                42,
                new TreeMap<>(Map.of("BODY DONE", 2)),
                List.of(FIELD, LINK),
                Optional.empty());

        assertThat(BuildReport.of(report.json())).isEqualTo(report);
    }

    private static BuildReport refused(Refusal... refusals) {
        return new BuildReport(false, 1, 1, Map.of(), List.of(refusals), Optional.empty());
    }
}
