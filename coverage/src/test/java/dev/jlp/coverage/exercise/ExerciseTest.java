package dev.jlp.coverage.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Expression.Literal;
import dev.jlp.coverage.exercise.Expression.Prepared;
import dev.jlp.coverage.exercise.Plan.Call;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class ExerciseTest {

    private static final String COUNTER = Counter.class.getName();
    private static final Invocation NEW =
            new Invocation(COUNTER, Invocation.CONSTRUCTOR, List.of(), null, List.of());

    private final Exercise exercise = new Exercise(
            new Plan(List.of(), Map.of(COUNTER, List.of("getCount"))),
            ExerciseTest.class.getClassLoader(),
            20_000);

    @Test
    void a_result_is_what_is_returned_and_what_became_of_the_receiver() throws Exception {
        assertThat(exercise.run(on(NEW, "add", 5)))
                .isEqualTo("5; it is now ExerciseTest.Counter[getCount=5]");
    }

    @Test
    void what_is_thrown_is_a_result() throws Exception {
        assertThat(exercise.run(on(NEW, "add", -1)))
                .startsWith(
                        "throws java.lang.IllegalArgumentException: less than nothing; it is now");
    }

    @Test
    void calls_before_may_throw_and_count() throws Exception {
        Prepared prepared =
                new Prepared(NEW, List.of(step("add", 2), step("add", -1), step("add", 3)));

        assertThat(exercise.run(on(prepared, "add", 1))).startsWith("6; ");
    }

    @Test
    void a_receiver_that_can_not_be_made_means_that_nothing_is_called() throws Exception {
        Invocation impossible = new Invocation(
                COUNTER, Invocation.CONSTRUCTOR, List.of("int"), null, List.of(new Literal(-1)));

        assertThat(exercise.run(on(impossible, "add", 1)))
                .isEqualTo("not called, java.lang.IllegalArgumentException: less than nothing");
    }

    @Test
    void objects_that_were_kept_are_the_ones_that_are_used() throws Exception {
        Exercise.Kept kept = exercise.keep(on(NEW, "add", 4));

        assertThat(exercise.use(kept)).startsWith("4; ");
        assertThat(exercise.use(kept)).startsWith("8; ");
    }

    @Test
    void a_call_that_does_not_end_is_left_alone() throws Exception {
        Exercise hasty = new Exercise(
                new Plan(List.of(), Map.of()), ExerciseTest.class.getClassLoader(), 50);

        assertThat(hasty.run(new Call(
                        1, new Invocation(COUNTER, "forever", List.of(), null, List.of()))))
                .isEqualTo("not over in time");
    }

    @Test
    void a_library_that_writes_into_a_literal_does_not_change_it() throws Exception {
        Call call = new Call(
                1,
                new Invocation(
                        "java.util.Arrays",
                        "fill",
                        List.of("[I", "int"),
                        null,
                        List.of(new Literal(new int[] {1}), new Literal(7))));

        assertThat(exercise.run(call)).isEqualTo("null; argument {7}");
        assertThat(call.invocation().text()).isEqualTo("Arrays.fill({1}, 7)");
    }

    private static Call on(Expression receiver, String name, int number) {
        return new Call(
                1,
                new Invocation(
                        COUNTER, name, List.of("int"), receiver, List.of(new Literal(number))));
    }

    private static Invocation step(String name, int number) {
        return new Invocation(COUNTER, name, List.of("int"), null, List.of(new Literal(number)));
    }

    /** Something to call. */
    public static final class Counter {
        private int count;

        public Counter() {}

        public Counter(int start) {
            add(start);
        }

        public int getCount() {
            return count;
        }

        public int add(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("less than nothing");
            }
            count += number;
            return count;
        }

        public static void forever() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
