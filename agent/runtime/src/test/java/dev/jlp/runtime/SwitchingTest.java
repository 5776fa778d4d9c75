package dev.jlp.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.bridge.JlpTransition;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rounds of looks at the threads of this JVM. */
final class SwitchingTest {

    private static final int ROUNDS = 200;
    private static final int IDLE = 60;

    @Test
    void a_round_that_broke_proves_nothing() throws Exception {
        AtomicBoolean breaks = new AtomicBoolean(true);
        JlpTransition transition = JlpTransition.begin(1, affected(breaks));
        startIdle();
        Thread inside = new Thread(Inside::stay, "inside");
        inside.start();
        startIdle();
        Inside.ARRIVED.await();
        try {
            Switching switching = new Switching(
                    transition,
                    new PlatformThreads(),
                    VirtualThreads.find(),
                    new Looks(),
                    1_000_000);
            switching.open();
            boolean done = false;

            for (int i = 0; i < ROUNDS && !done; i++) {
                done = roundIsDone(switching);
            }

            assertThat(breaks).isFalse();
            assertThat(done).as("with a thread inside an affected method").isFalse();
        } finally {
            Inside.LEAVE.countDown();
            inside.join();
            transition.end(false);
        }
    }

    /** More than fit into one batch, so that the round that breaks is not at its end. */
    private static void startIdle() {
        for (int i = 0; i < IDLE; i++) {
            Thread idle = new Thread(SwitchingTest::waitForEnd, "idle-" + i);
            idle.setDaemon(true);
            idle.start();
        }
    }

    private static void waitForEnd() {
        try {
            Inside.LEAVE.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static boolean roundIsDone(Switching switching) {
        try {
            return switching.pass(() -> false);
        } catch (OutOfMemoryError broken) {
            return false;
        }
    }

    /** Breaks the first look at a thread that is inside. */
    private static Map<String, Map<String, Set<String>>> affected(AtomicBoolean breaks) {
        return new HashMap<>(Map.of(Inside.class.getName(), Map.of("stay", Set.of("()V")))) {

            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable Map<String, Set<String>> get(Object name) {
                if (Inside.class.getName().equals(name) && breaks.getAndSet(false)) {
                    throw new OutOfMemoryError("none left");
                }
                return super.get(name);
            }
        };
    }

    /** What is being patched. */
    private static final class Inside {

        static final CountDownLatch ARRIVED = new CountDownLatch(1);
        static final CountDownLatch LEAVE = new CountDownLatch(1);

        static void stay() {
            ARRIVED.countDown();
            waitForEnd();
        }
    }
}
