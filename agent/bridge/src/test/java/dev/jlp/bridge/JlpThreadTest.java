package dev.jlp.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of a thread's universe when something goes wrong in its entries. */
final class JlpThreadTest {

    /** Never used twice in a JVM. */
    private static final AtomicInteger IDS = new AtomicInteger(1_000);

    private final int id = IDS.incrementAndGet();
    private final Registry registry = new Registry();
    private final JlpTransition transition = JlpTransition.begin(id, Map.of(), registry);

    @AfterEach
    void end() {
        transition.end(true);
    }

    @Test
    void a_thread_whose_first_entry_breaks_still_switches_at_its_next() {
        transition.open();
        registry.memoryIsFull = true;

        boolean universe = inItsOwnThread(() -> {
            assertThatThrownBy(() -> JlpDispatch.enter(id)).isInstanceOf(OutOfMemoryError.class);
            registry.memoryIsFull = false;
            return JlpDispatch.enter(id);
        });

        assertThat(universe).isTrue();
    }

    @Test
    void threads_that_have_ended_are_not_kept() {
        transition.open();
        inItsOwnThread(() -> JlpDispatch.enter(id));
        JlpDispatch.enter(id);

        transition.forgetEnded();

        assertThat(registry.keySet()).containsExactly(JlpThreadIds.of(Thread.currentThread()));
    }

    private static boolean inItsOwnThread(Act act) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(act.run());
            } catch (Throwable failed) {
                answer.completeExceptionally(failed);
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return answer.join();
    }

    private interface Act {
        boolean run();
    }

    /** A map in a JVM that may have no memory left for it. */
    private static final class Registry extends ConcurrentHashMap<Long, JlpThread> {

        private static final long serialVersionUID = 1L;

        private volatile boolean memoryIsFull;

        @Override
        public @Nullable JlpThread get(Object id) {
            requireMemory();
            return super.get(id);
        }

        @Override
        public @Nullable JlpThread putIfAbsent(Long id, JlpThread thread) {
            requireMemory();
            return super.putIfAbsent(id, thread);
        }

        private void requireMemory() {
            if (memoryIsFull) {
                throw new OutOfMemoryError("as if");
            }
        }
    }
}
