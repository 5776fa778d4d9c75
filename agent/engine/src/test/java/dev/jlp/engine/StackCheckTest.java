package dev.jlp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.engine.Finding.Kind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class StackCheckTest {

    private static final StackTraceElement PRICE =
            new StackTraceElement("Cart", "price", "Cart.java", 7);
    private static final StackTraceElement MAIN =
            new StackTraceElement("Main", "main", "Main.java", 3);
    private static final StackTraceElement PARK = nativeFrame("jdk.internal.misc.Unsafe", "park");
    private static final StackTraceElement ACCESSOR =
            nativeFrame("jdk.internal.reflect.NativeMethodAccessorImpl", "invoke0");
    private static final int LIMIT = 1024;

    private final StackCheck check =
            new StackCheck(frame -> frame.getMethodName().equals("price"), LIMIT);

    @Test
    void a_method_of_the_transition_anywhere_on_the_stack_holds_the_thread() {
        Finding finding = check.judge(null, parked(PARK, PRICE, MAIN));

        assertThat(finding.kind()).isEqualTo(Kind.ON_STACK);
        assertThat(finding.frame()).isEqualTo(PRICE);
    }

    @Test
    void a_thread_that_only_waits_is_cleared_by_one_clean_look() {
        assertThat(check.judge(null, parked(PARK, MAIN)).kind()).isEqualTo(Kind.CLEAR);
    }

    @Test
    void a_thread_that_waits_for_a_monitor_is_cleared_by_one_clean_look() {
        Look blocked = new Look(List.of(MAIN), Thread.State.BLOCKED, 0, 0, false, false);

        assertThat(check.judge(null, blocked).kind()).isEqualTo(Kind.CLEAR);
    }

    /** T15: the native accessor may hold a method that it resolved before arming. */
    @Test
    void a_thread_in_an_unchecked_native_method_is_never_cleared_by_one_clean_look() {
        assertThat(check.judge(null, running(0, ACCESSOR, MAIN)).kind()).isEqualTo(Kind.UNSURE);
    }

    /** T15 in the middle of a stack: the accessor has its method in hand while the class is initialised. */
    @Test
    void a_reflective_call_that_initialises_its_class_is_unsure_whatever_is_above() {
        StackTraceElement initialiser = new StackTraceElement("Cart", "<clinit>", "Cart.java", 1);
        Look first = running(0, frame(4), initialiser, ACCESSOR, MAIN);

        assertThat(check.judge(first, parked(PARK, initialiser, ACCESSOR, MAIN)).kind())
                .isEqualTo(Kind.UNSURE);
        assertThat(check.judge(null, parked(PARK, frame(4), ACCESSOR, MAIN)).kind())
                .isEqualTo(Kind.CLEAR);
    }

    @Test
    void a_java_method_that_is_called_like_a_wait_is_not_one() {
        StackTraceElement fake =
                new StackTraceElement("jdk.internal.misc.Unsafe", "park", "Unsafe.java", 1);

        assertThat(check.judge(null, running(0, fake, MAIN)).kind()).isEqualTo(Kind.UNSURE);
    }

    @Test
    void a_running_thread_is_cleared_once_its_trace_has_changed() {
        Look first = running(0, MAIN);

        assertThat(check.judge(first, running(0, MAIN)).kind()).isEqualTo(Kind.UNSURE);
        assertThat(check.judge(first, running(0, frame(4), MAIN)).kind()).isEqualTo(Kind.CLEAR);
    }

    /** T24: a redefinition of a class on the stack drops the lines; the thread has not moved. */
    @Test
    void a_line_that_is_gone_is_no_sign_of_having_run_on() {
        Look first = running(0, frame(4), MAIN);

        assertThat(check.judge(first, running(0, frame(-1), MAIN)).kind()).isEqualTo(Kind.UNSURE);
    }

    @Test
    void a_running_thread_is_cleared_once_it_has_used_the_processor_for_long_enough() {
        Look first = running(5_000_000, MAIN);

        assertThat(check.judge(first, running(14_999_999, MAIN)).kind()).isEqualTo(Kind.UNSURE);
        assertThat(check.judge(first, running(15_000_000, MAIN)).kind()).isEqualTo(Kind.CLEAR);
    }

    @Test
    void processor_time_proves_nothing_in_an_unchecked_native_method() {
        Look first = running(0, ACCESSOR, MAIN);

        assertThat(check.judge(first, running(1_000_000_000, ACCESSOR, MAIN)).kind())
                .isEqualTo(Kind.UNSURE);
    }

    @Test
    void unknown_processor_time_proves_nothing() {
        Look first = running(-1, MAIN);

        assertThat(check.judge(first, running(1_000_000_000, MAIN)).kind()).isEqualTo(Kind.UNSURE);
    }

    @Test
    void an_empty_trace_is_unsure_but_for_the_jvms_own_threads() {
        assertThat(check.judge(null, running(0)).kind()).isEqualTo(Kind.UNSURE);
        Look own = new Look(List.of(), Thread.State.RUNNABLE, 0, 0, false, true);
        assertThat(check.judge(null, own).kind()).isEqualTo(Kind.CLEAR);
    }

    /** T2: a trace as long as the limit may have been cut off without a word. */
    @Test
    void a_trace_as_long_as_the_limit_is_unsure() {
        List<StackTraceElement> frames = new ArrayList<>(Collections.nCopies(LIMIT - 1, MAIN));
        frames.add(0, PARK);

        assertThat(check.judge(null, new Look(frames, Thread.State.WAITING, 0, 0, false, false))
                        .kind())
                .isEqualTo(Kind.UNSURE);
        frames.add(MAIN);
        assertThat(check.judge(null, new Look(frames, Thread.State.WAITING, 0, 0, false, false))
                        .kind())
                .isEqualTo(Kind.CLEAR);
    }

    @Test
    void a_parked_virtual_thread_is_cleared_by_one_clean_look_and_a_platform_thread_is_not() {
        StackTraceElement yield =
                new StackTraceElement("java.lang.VirtualThread", "park", "VirtualThread.java", 1);
        Look virtual = new Look(List.of(yield, MAIN), Thread.State.WAITING, -1, -1, true, false);
        Look platform = new Look(List.of(yield, MAIN), Thread.State.WAITING, -1, -1, false, false);

        assertThat(check.judge(null, virtual).kind()).isEqualTo(Kind.CLEAR);
        assertThat(check.judge(null, platform).kind()).isEqualTo(Kind.UNSURE);
    }

    private static Look parked(StackTraceElement... frames) {
        return new Look(List.of(frames), Thread.State.WAITING, 0, 0, false, false);
    }

    private static Look running(long cpuNanos, StackTraceElement... frames) {
        return new Look(List.of(frames), Thread.State.RUNNABLE, cpuNanos, cpuNanos, false, false);
    }

    private static StackTraceElement frame(int line) {
        return new StackTraceElement("Main", "step", "Main.java", line);
    }

    private static StackTraceElement nativeFrame(String type, String method) {
        return new StackTraceElement(type, method, null, -2);
    }
}
