package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

class TransitionTest {

    private static final List<UnaryOperator<Transition>> MOVES = List.of(
            Transition::armed,
            Transition::cancelled,
            Transition::switched,
            Transition::completed,
            Transition::reversed,
            Transition::force);

    @Test
    void a_reversal_turns_the_goal_round_each_time() {
        Transition switching = Transition.start(1, "fix", Operation.LOAD).armed();

        assertThat(switching.goal()).isEqualTo(Goal.PATCHED);
        assertThat(switching.reversed().goal()).isEqualTo(Goal.UNPATCHED);
        assertThat(switching.reversed().reversed().goal()).isEqualTo(Goal.PATCHED);
        assertThat(Transition.start(1, "fix", Operation.DISABLE).goal()).isEqualTo(Goal.UNPATCHED);
    }

    @Test
    void nothing_is_reversed_or_forced_before_it_is_armed_or_after_it_has_ended() {
        Transition arming = Transition.start(1, "fix", Operation.LOAD);
        Transition ended = arming.armed().switched().completed();

        for (Transition each : List.of(arming, ended)) {
            assertThatThrownBy(each::reversed).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(each::force).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Every state that legal moves reach, with at most three reversals. */
    @Test
    void the_small_world_is_walked_completely() {
        Set<Transition> seen = new HashSet<>();
        ArrayDeque<Transition> open = new ArrayDeque<>();
        for (Operation operation : Operation.values()) {
            open.add(Transition.start(1, "fix", operation));
        }
        seen.addAll(open);
        while (!open.isEmpty()) {
            Transition state = open.remove();
            TransitionInvariants.check(state);
            next(state).stream()
                    .filter(each -> each.reversals() <= 3 && seen.add(each))
                    .forEach(open::add);
        }

        assertThat(seen)
                .as("a new reachable state is a design change")
                .hasSize(2 * (1 + 4 * 2 * 3));
    }

    private static List<Transition> next(Transition state) {
        List<Transition> next = new ArrayList<>();
        for (UnaryOperator<Transition> move : MOVES) {
            try {
                next.add(move.apply(state));
            } catch (IllegalStateException illegal) {
                assertThat(illegal).hasMessageContaining("can't be");
            }
        }
        return next;
    }

    /** What holds in every state. */
    private static final class TransitionInvariants {

        static void check(Transition state) {
            if (state.phase() == Phase.ARMING) {
                assertThat(state.reversals()).isZero();
                assertThat(state.forced()).isFalse();
            }
            assertThat(state.goal() == Goal.PATCHED)
                    .isEqualTo((state.operation() == Operation.LOAD) != state.isReversed());
        }
    }
}
