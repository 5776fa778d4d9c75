package dev.jlp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class LawTest {

    @Test
    void a_law_that_made_the_numbers_is_found_again() {
        List<double[]> rows = new ArrayList<>();
        List<Double> results = new ArrayList<>();
        for (double patched : new double[] {1, 10, 1_000}) {
            for (double loaded : new double[] {2_000, 30_000}) {
                for (double threads : new double[] {10, 10_000}) {
                    rows.add(new double[] {patched, loaded, threads});
                    results.add(0.5 + 0.02 * patched + 0.0003 * loaded + 0.001 * threads);
                }
            }
        }

        Law law = Law.fit(rows, numbers(results));

        assertThat(law.factors().get(0)).isCloseTo(0.5, within(1e-6));
        assertThat(law.factors().get(1)).isCloseTo(0.02, within(1e-9));
        assertThat(law.factors().get(2)).isCloseTo(0.0003, within(1e-9));
        assertThat(law.factors().get(3)).isCloseTo(0.001, within(1e-9));
        assertThat(law.rSquared()).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_column_that_does_not_vary_gets_no_factor() {
        List<double[]> rows =
                List.of(new double[] {7, 1}, new double[] {7, 2}, new double[] {7, 3});

        Law law = Law.fit(rows, new double[] {10, 20, 30});

        assertThat(law.at(7, 4)).isCloseTo(40, within(1e-6));
        assertThat(law.factors().get(1)).isZero();
    }

    @Test
    void numbers_without_a_law_are_not_explained() {
        List<double[]> rows =
                List.of(new double[] {1}, new double[] {2}, new double[] {3}, new double[] {4});

        assertThat(Law.fit(rows, new double[] {1, -1, -1, 1}).rSquared())
                .isCloseTo(0, within(1e-9));
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(each -> each).toArray();
    }
}
