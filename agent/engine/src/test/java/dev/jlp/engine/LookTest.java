package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class LookTest {

    @Test
    void a_platform_thread_in_park_is_parked() {
        assertThat(look(
                                Thread.State.TIMED_WAITING,
                                "jdk.internal.misc.Unsafe.park",
                                "java.util.concurrent.locks.LockSupport.parkNanos",
                                "Cart.price")
                        .isParked())
                .isTrue();
    }

    @Test
    void a_virtual_thread_in_park_is_parked() {
        assertThat(look(
                                Thread.State.WAITING,
                                "java.lang.VirtualThread.park",
                                "java.lang.System$2.parkVirtualThread",
                                "jdk.internal.misc.VirtualThreads.park",
                                "java.util.concurrent.locks.LockSupport.park",
                                "Cart.price")
                        .isParked())
                .isTrue();
    }

    @Test
    void a_thread_that_sleeps_or_waits_for_a_notification_is_not_parked() {
        String below = "java.util.concurrent.locks.LockSupport.park";

        assertThat(look(Thread.State.TIMED_WAITING, "java.lang.Thread.sleep0", "Cart.price", below)
                        .isParked())
                .isFalse();
        assertThat(look(Thread.State.WAITING, "java.lang.Object.wait0", "Cart.price", below)
                        .isParked())
                .isFalse();
    }

    @Test
    void a_thread_that_is_just_coming_out_of_park_is_not_parked() {
        assertThat(look(
                                Thread.State.RUNNABLE,
                                "jdk.internal.misc.Unsafe.park",
                                "java.util.concurrent.locks.LockSupport.park",
                                "Cart.price")
                        .isParked())
                .isFalse();
    }

    private static Look look(Thread.State state, String... methods) {
        List<StackTraceElement> frames = Stream.of(methods).map(LookTest::frame).toList();
        return new Look(frames, state, 0, 0, false, false);
    }

    private static StackTraceElement frame(String method) {
        int dot = method.lastIndexOf('.');
        return new StackTraceElement(method.substring(0, dot), method.substring(dot + 1), null, 1);
    }
}
