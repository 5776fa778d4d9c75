package dev.jlp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final long SECOND = 1_000_000_000;

    /** A second each: 100, 100, 10, 100, 10, 100, 100, 100. */
    private static final Pace PACE = new Pace("1000000000:0,2000000000:100,3000000000:200,"
            + "4000000000:210,5000000000:310,6000000000:320,7000000000:420,8000000000:520,"
            + "9000000000:620,");

    @Test
    void the_lowest_and_the_median_are_those_between_two_times() {
        assertThat(PACE.lowest(SECOND, 3 * SECOND)).isCloseTo(100, within(1e-6));
        assertThat(PACE.lowest(SECOND, 9 * SECOND)).isCloseTo(10, within(1e-6));
        assertThat(PACE.median(SECOND, 9 * SECOND)).isCloseTo(100, within(1e-6));
    }

    @Test
    void it_is_back_where_three_steps_are_fast_one_after_the_other() {
        assertThat(PACE.back(90, 3 * SECOND, 9 * SECOND)).hasValueCloseTo(3.0, within(1e-9));
    }

    @Test
    void it_is_not_back_if_too_few_steps_are_fast() {
        assertThat(PACE.back(90, 3 * SECOND, 8 * SECOND)).isEmpty();
    }
}
