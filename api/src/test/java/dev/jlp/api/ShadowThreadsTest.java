package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Shadow variables under many threads. Each test has an id of its own. */
@Timeout(60)
final class ShadowThreadsTest {

    private static final int THREADS = 16;

    private final String id;
    private final Shadow<Object> shadow;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    ShadowThreadsTest(TestInfo test) {
        id = test.getDisplayName();
        shadow = Shadow.id(id);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void a_constructor_runs_once_per_key_under_contention() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        for (int round = 0; round < 1_000; round++) {
            Object parent = new Object();
            CyclicBarrier together = new CyclicBarrier(THREADS);
            runs.set(0);
            List<Future<Object>> values = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                values.add(threads.submit(() -> {
                    together.await();
                    return shadow.getOrAlloc(parent, any -> runs.incrementAndGet());
                }));
            }
            for (Future<Object> value : values) {
                assertThat(value.get()).isEqualTo(1);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void a_slow_constructor_is_waited_for_by_its_key_and_by_nobody_else() throws Exception {
        Object slow = new Object();
        Object other = new Object();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Object> maker = threads.submit(() -> shadow.getOrAlloc(slow, any -> {
            inside.countDown();
            await(goOn);
            return "slow";
        }));
        inside.await();
        Thread waiter = new Thread(() -> shadow.getOrAlloc(slow, any -> "never"));
        waiter.start();
        awaitState(waiter, Thread.State.WAITING);

        assertThat(shadow.getOrAlloc(other, any -> "quick")).isEqualTo("quick");
        assertThat(shadow.get(slow)).isNull();
        shadow.freeAll();

        goOn.countDown();
        waiter.join();
        assertThat(maker.get()).isEqualTo("slow");
        assertThat(shadow.get(slow)).isEqualTo("slow");
    }

    @Test
    void if_a_constructor_throws_the_next_in_line_runs_its_own() throws Exception {
        Object parent = new Object();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Object> broken = threads.submit(() -> shadow.getOrAlloc(parent, any -> {
            inside.countDown();
            await(goOn);
            throw new IllegalArgumentException("broken");
        }));
        inside.await();
        Thread next = new Thread(() -> shadow.getOrAlloc(parent, any -> "next"));
        next.start();
        awaitState(next, Thread.State.WAITING);

        goOn.countDown();

        next.join();
        assertThatThrownBy(broken::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
        assertThat(shadow.get(parent)).isEqualTo("next");
    }

    @Test
    void constructors_that_wait_for_one_another_fail_and_do_not_hang() throws Exception {
        Object one = new Object();
        Object two = new Object();
        CyclicBarrier bothInside = new CyclicBarrier(2);
        Future<Object> first = threads.submit(() -> crossed(one, two, bothInside));
        Future<Object> second = threads.submit(() -> crossed(two, one, bothInside));

        // One of them fails; the other then makes both.
        List<String> outcomes = List.of(outcome(first), outcome(second));
        assertThat(outcomes).filteredOn(each -> each.equals("made")).hasSizeBetween(0, 1);
        assertThat(outcomes)
                .filteredOn(each -> each.contains("asks for the variable that it makes"))
                .hasSizeBetween(1, 2);
    }

    private Object crossed(Object mine, Object other, CyclicBarrier bothInside) {
        return shadow.getOrAlloc(mine, any -> {
            try {
                bothInside.await();
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
            shadow.getOrAlloc(other, inner -> "made");
            return "made";
        });
    }

    private static String outcome(Future<Object> future) throws InterruptedException {
        try {
            return String.valueOf(future.get());
        } catch (ExecutionException thrown) {
            return String.valueOf(thrown.getMessage());
        }
    }

    @Test
    void an_interrupt_does_not_end_the_wait_and_is_not_lost() throws Exception {
        Object parent = new Object();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Object> maker = threads.submit(() -> shadow.getOrAlloc(parent, any -> {
            inside.countDown();
            await(goOn);
            return "made";
        }));
        inside.await();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            shadow.getOrAlloc(parent, any -> "never");
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        awaitState(waiter, Thread.State.WAITING);
        waiter.interrupt();

        goOn.countDown();
        waiter.join();

        assertThat(maker.get()).isEqualTo("made");
        assertThat(interrupted).isTrue();
    }

    @Test
    void readers_never_miss_what_stays_while_others_come_and_go() throws Exception {
        List<Object> staying = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Object parent = new Object();
            staying.add(parent);
            shadow.alloc(parent, any -> parent.hashCode());
        }
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(threads.submit(() -> read(staying, over)));
        }
        for (int round = 0; round < 200; round++) {
            List<Object> passing = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Object parent = new Object();
                passing.add(parent);
                shadow.alloc(parent, any -> "passing");
            }
            passing.forEach(shadow::free);
        }
        over.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isZero();
        }
    }

    private int read(List<Object> staying, AtomicBoolean over) {
        int missed = 0;
        while (!over.get()) {
            for (Object parent : staying) {
                Object value = shadow.get(parent);
                missed += value != null && value.equals(parent.hashCode()) ? 0 : 1;
            }
        }
        return missed;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    /** Wherever the stack ends, in the middle of a change too, others get their variables. */
    @Test
    void a_stack_that_is_too_short_leaves_no_lock_held() throws Exception {
        Function<Object, Object> linked = any -> "deep"; // at the end of a stack it can't be
        for (int round = 0; round < 300; round++) {
            int padding = round;
            Thread deep =
                    new Thread(null, () -> descend(1_000_000, padding, linked), "deep", 256 << 10);
            deep.start();
            deep.join();
            Object next = new Object();
            assertThat(shadow.getOrAlloc(next, any -> "value")).isEqualTo("value");
            shadow.free(next);
        }
    }

    private void descend(int deeper, long padding, Function<Object, Object> value) {
        try {
            if (deeper > 0) {
                descend(deeper - 1, padding + deeper, value);
            }
        } catch (StackOverflowError end) {
            shadow.free(this);
            shadow.getOrAlloc(new Object(), value);
        }
    }
}
