package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class BuildGoalsTest {

    @Test
    void the_time_that_counts_is_the_second_builds_by_the_size_of_its_jars() {
        assertThat(goals(new Again(4.9, 1.5, true), new Again(5.1, 7, true)))
                .contains(
                        "| the second time, jars of up to 5 MB: longest | 1.50 s, for 4.9 MB | less than 3 s |")
                .contains("| the second time, larger jars: longest | 7.00 s, for 5.1 MB |  |");
    }

    @Test
    void other_bytes_the_second_time_are_seen() {
        assertThat(goals(new Again(1, 1, true), new Again(1, 1, false)))
                .contains("| the same bytes the second time | 1 of 2 | all |");
    }

    @Test
    void a_second_build_is_read_as_it_was_written() {
        BuildReport report = report(new Again(1.25, 0.125, true));

        assertThat(BuildReport.of(report.json())).isEqualTo(report);
    }

    private static List<String> goals(Again one, Again other) {
        return new BuildGoals(List.of(Map.of("a", report(one)), Map.of("b", report(other))))
                .lines();
    }

    private static BuildReport report(Again again) {
        return new BuildReport(true, 9, 100, Map.of(), List.of(), Optional.of(again));
    }
}
