package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shadow fields under many threads. Each test has fields of its own. */
@Timeout(120)
final class ShadowFieldThreadsTest {

    private static final int THREADS = 8;

    private static final class Owner {}

    private final String name;
    private final ShadowField values;
    private final ShadowField bits;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    ShadowFieldThreadsTest(TestInfo test) {
        name = test.getDisplayName();
        values = ShadowField.of(Owner.class, name, "Ljava/lang/Object;");
        bits = ShadowField.of(Owner.class, name, "J");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void all_threads_get_the_same_field() throws Exception {
        for (int round = 0; round < 500; round++) {
            String each = name + round;
            assertThat(together(any -> ShadowField.of(Owner.class, each, "I"))).hasSize(1);
        }
    }

    @Test
    void of_the_values_that_many_put_one_is_in_force_for_all() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Owner target = new Owner();
            Set<@Nullable Object> inForce = together(mine -> values.putIfAbsent(target, mine));
            assertThat(inForce).hasSize(1).containsExactly(values.get(target, null));
        }
    }

    private interface Act {
        @Nullable
        Object by(Integer thread);
    }

    private Set<@Nullable Object> together(Act act) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Integer mine = i;
            all.add(() -> {
                start.await();
                return act.by(mine);
            });
        }
        Set<@Nullable Object> results = new HashSet<>();
        for (Future<@Nullable Object> each : threads.invokeAll(all)) {
            results.add(each.get());
        }
        return results;
    }

    /** Each thread writes its own objects and sees its own last value, through every growth by the others. */
    @Test
    void no_write_is_lost_while_the_table_grows() throws Exception {
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(() -> {
                List<Owner> targets = new ArrayList<>();
                int wrong = 0;
                for (int n = 0; n < 20_000; n++) {
                    targets.add(new Owner());
                    bits.setBits(targets.get(n), n);
                    Owner earlier = targets.get(n / 2);
                    wrong += bits.getBits(earlier, -1) == n / 2 ? 0 : 1;
                    bits.setBits(earlier, -n);
                    wrong += bits.getBits(earlier, -1) == -n ? 0 : 1;
                    bits.setBits(earlier, n / 2);
                }
                return wrong;
            });
        }
        for (Future<Integer> each : threads.invokeAll(all)) {
            assertThat(each.get()).isZero();
        }
    }

    @Test
    void readers_never_miss_what_stays_while_others_come_and_go() throws Exception {
        List<Owner> staying = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            staying.add(new Owner());
            values.set(staying.get(i), i);
        }
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(() -> missed(staying, over)));
        }
        for (int round = 0; round < 30; round++) {
            List<Owner> passing = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                passing.add(new Owner());
                values.set(passing.get(i), "passing");
            }
            passing.clear();
            System.gc();
            ShadowField.clear();
        }
        over.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isZero();
        }
    }

    private int missed(List<Owner> staying, AtomicBoolean over) {
        int missed = 0;
        while (!over.get()) {
            for (int i = 0; i < staying.size(); i++) {
                missed += Integer.valueOf(i).equals(values.get(staying.get(i), null)) ? 0 : 1;
            }
        }
        return missed;
    }

    private static final class Message {
        int plain;
    }

    /** The message is plain, the flag is volatile, each in a new object, so that both are insertions. */
    @Test
    void what_was_written_before_a_volatile_value_is_seen_after_it() throws Exception {
        int rounds = 20_000;
        List<Owner> targets = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            targets.add(new Owner());
            messages.add(new Message());
        }
        Future<?> writer = threads.submit(() -> {
            for (int i = 0; i < rounds; i++) {
                messages.get(i).plain = i + 1;
                values.set(targets.get(i), "value " + i);
                bits.setBitsVolatile(targets.get(i), i + 1);
            }
        });
        for (int i = 0; i < rounds; i++) {
            while (bits.getBitsVolatile(targets.get(i), 0) == 0) {
                Thread.onSpinWait();
            }
            assertThat(messages.get(i).plain).isEqualTo(i + 1);
            assertThat(values.get(targets.get(i), null)).isEqualTo("value " + i);
        }
        writer.get();
    }

    /** Each writes its own and then reads the other's: one of them at least must see the other. */
    @Test
    void two_volatile_fields_are_never_both_read_before_both_are_written() throws Exception {
        int rounds = 20_000;
        List<Owner> targets = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            targets.add(new Owner());
        }
        ShadowField other = ShadowField.of(Owner.class, name.concat("-other"), "J");
        Future<boolean[]> one = threads.submit(() -> saw(targets, bits, other));
        Future<boolean[]> two = threads.submit(() -> saw(targets, other, bits));

        for (int i = 0; i < rounds; i++) {
            assertThat(one.get()[i] || two.get()[i]).isTrue();
        }
    }

    private static boolean[] saw(List<Owner> targets, ShadowField mine, ShadowField others) {
        boolean[] saw = new boolean[targets.size()];
        for (int i = 0; i < saw.length; i++) {
            mine.setBitsVolatile(targets.get(i), 1);
            saw[i] = others.getBitsVolatile(targets.get(i), 0) == 1;
        }
        return saw;
    }

    /** Wherever the stack ends, in the middle of a change too, the field stays usable for every thread. */
    @Test
    void a_stack_that_is_too_short_leaves_no_lock_held_and_loses_nothing() throws Exception {
        List<Owner> targets = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            Thread deep = new Thread(null, () -> descend(targets, 1_000_000), "deep", 256 << 10);
            deep.start();
            deep.join();
            Owner next = new Owner();
            targets.add(next);
            values.set(next, next);
            for (Owner each : targets) {
                Object found = values.get(each, null);
                assertThat(found == null || found == each).isTrue();
            }
            assertThat(values.get(next, null)).isSameAs(next);
        }
    }

    private void descend(List<Owner> targets, int deeper) {
        try {
            if (deeper > 0) {
                descend(targets, deeper - 1);
            }
        } catch (StackOverflowError end) {
            Owner target = new Owner();
            targets.add(target);
            values.set(target, target);
        }
    }
}
