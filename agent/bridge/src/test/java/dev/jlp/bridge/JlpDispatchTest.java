package dev.jlp.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What an armed method is told, one thread at a time; {@code stress} has several. */
final class JlpDispatchTest {

    /** Numbers are never used twice in a JVM. */
    private static final AtomicInteger IDS = new AtomicInteger();

    private final JlpTransition transition = JlpTransition.begin(
            IDS.incrementAndGet(), Map.of("lib.Cart", Map.of("price", Set.of("(I)I"))));

    @AfterEach
    void end() {
        transition.end(false);
    }

    @Test
    void nobody_takes_the_new_body_before_everything_is_armed() {
        assertThat(JlpDispatch.enter(transition.id())).isFalse();
        transition.open();
        assertThat(JlpDispatch.enter(transition.id())).isTrue();
    }

    @Test
    void the_number_of_an_ended_transition_is_answered_with_its_outcome_for_ever() {
        transition.open();
        transition.end(true);
        JlpTransition next = JlpTransition.begin(IDS.incrementAndGet(), Map.of());
        next.end(false);

        assertThat(JlpDispatch.enter(transition.id())).isTrue();
        assertThat(JlpDispatch.enter(next.id())).isFalse();
    }

    @Test
    void a_trace_has_no_descriptors_so_overloads_count_as_the_method_itself() {
        assertThat(transition.mayBeAffected("lib.Cart", "price")).isTrue();
        assertThat(transition.mayBeAffected("lib.Cart", "total")).isFalse();
    }
}
