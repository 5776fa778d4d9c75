package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final long PAUSE = 1_000_000;

    private final BatchSize size = new BatchSize(PAUSE);

    @Test
    void it_settles_at_three_quarters_of_the_pause() {
        for (int i = 0; i < 10; i++) {
            int stacks = size.next();
            size.took(stacks, stacks * 10_000L);
        }

        assertThat(size.next()).isEqualTo(75);
    }

    @Test
    void one_batch_that_waited_for_a_processor_changes_nothing() {
        for (int i = 0; i < 10; i++) {
            int stacks = size.next();
            size.took(stacks, i == 9 ? 50_000_000 : stacks * 10_000L);
        }

        assertThat(size.next()).isEqualTo(75);
    }

    @Test
    void expensive_stacks_make_small_batches_but_not_single_ones() {
        for (int i = 0; i < 10; i++) {
            int stacks = size.next();
            size.took(stacks, stacks * 5_000_000L);
        }

        assertThat(size.next()).isEqualTo(8);
    }

    @Test
    void it_grows_step_by_step_to_its_limit() {
        assertThat(size.next()).isEqualTo(16);
        size.took(16, 16);
        assertThat(size.next()).isEqualTo(32);
        for (int i = 0; i < 60; i++) {
            size.took(1, 1);
        }
        assertThat(size.next()).isEqualTo(256);
    }
}
