package dev.jlp.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

final class OnceTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<String> arrived = new ArrayDeque<>();
    private final List<String> adopted = new ArrayList<>();
    private final Once once = new Once(tasks::add, this::adopt);

    private void adopt() {
        adopted.addAll(arrived);
        arrived.clear();
    }

    private void arrive(String name) {
        arrived.add(name);
        once.ask();
    }

    @Test
    void a_thousand_arrivals_while_the_worker_is_busy_are_one_task() {
        for (int i = 0; i < 1_000; i++) {
            arrive("class " + i);
        }

        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(adopted).hasSize(1_000);
    }

    @Test
    void an_arrival_after_the_step_is_a_task_again() {
        arrive("first");
        tasks.remove().run();

        arrive("second");
        tasks.remove().run();

        assertThat(adopted).containsExactly("first", "second");
    }

    @Test
    void an_arrival_in_the_middle_of_the_step_is_not_forgotten() {
        Runnable[] meanwhile = {() -> {}};
        Once asked = new Once(tasks::add, () -> {
            adopt();
            meanwhile[0].run();
        });
        meanwhile[0] = () -> {
            meanwhile[0] = () -> {};
            arrived.add("second");
            asked.ask();
        };
        arrived.add("first");
        asked.ask();
        tasks.remove().run();

        tasks.remove().run();

        assertThat(adopted).containsExactly("first", "second");
    }

    @Test
    void a_step_that_breaks_can_be_asked_for_again() {
        Once breaking = new Once(tasks::add, () -> {
            throw new IllegalStateException("as it should");
        });
        breaking.ask();
        assertThat(catchThrowable(tasks.remove()::run)).isNotNull();

        breaking.ask();

        assertThat(tasks).hasSize(1);
    }
}
