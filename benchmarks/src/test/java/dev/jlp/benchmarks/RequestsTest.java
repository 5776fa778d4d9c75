package dev.jlp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jlp.benchmarks.Requests.Interval;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

final class RequestsTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void percentiles_of_several_clients_are_those_of_all_their_requests() {
        List<Request> quick = new ArrayList<>();
        List<Request> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            quick.add(answered(i, 1));
            slow.add(answered(i, 100));
        }
        Requests all = Requests.merge(List.of(quick, slow));

        assertThat(all.count()).isEqualTo(100);
        assertThat(all.millisAt(50)).isCloseTo(1, within(0.01));
        assertThat(all.millisAt(51)).isCloseTo(100, within(0.1));
    }

    @Test
    void a_failed_request_counts_as_failed_and_has_no_time() {
        Requests all = Requests.merge(
                List.of(List.of(answered(0, 5), new Request(1, 900 * MILLI, false))));

        assertThat(all.failed()).isEqualTo(1);
        assertThat(all.millisAt(100)).isCloseTo(5, within(0.01));
    }

    @Test
    void requests_under_way_in_an_interval_are_left_out() {
        Requests all = Requests.merge(List.of(List.of(answered(0, 2), answered(10, 50))));

        Requests outside = all.outside(List.of(new Interval(20 * MILLI, 30 * MILLI)));

        assertThat(outside.count()).isEqualTo(1);
        assertThat(outside.millisAt(100)).isCloseTo(2, within(0.01));
    }

    @Test
    void it_is_calm_after_the_last_second_above_the_limit() {
        List<Request> client = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            client.add(answered(i * 10L, i == 100 ? 80 : 1));
        }

        assertThat(Requests.merge(List.of(client)).calm(100, 2, 0, 5 * SECOND))
                .hasValueCloseTo(1.25, within(0.001));
    }

    @Test
    void it_is_not_calm_if_the_end_is_above_the_limit() {
        List<Request> client = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            client.add(answered(i * 10L, i == 450 ? 80 : 1));
        }

        assertThat(Requests.merge(List.of(client)).calm(100, 2, 0, 5 * SECOND)).isEmpty();
    }

    private static Request answered(long dueMillis, long tookMillis) {
        return new Request(dueMillis * MILLI, (dueMillis + tookMillis) * MILLI, true);
    }
}
