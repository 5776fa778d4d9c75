package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** Threads that wait 5,000 frames deep: their traces must be whole to be believed. */
@OnEveryJdk
final class DeepStackTest {

    private final Jdk jdk;
    private final Shop shop;

    DeepStackTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void a_platform_thread_deep_in_old_bodies_holds_the_patch_back() {
        deepThreadBlocks("start");
    }

    @Test
    void a_virtual_thread_deep_in_old_bodies_holds_the_patch_back() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        deepThreadBlocks("start-virtual");
    }

    @Test
    void a_thousand_parked_virtual_threads_outside_hold_nothing_back() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("idle-virtual 1000");

            control.load(shop.patch());

            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void
            where_no_stack_is_left_for_the_choice_the_program_sees_a_stack_overflow_and_nothing_else() {
        // Interpreted: a compiled walk needs so little that few depths are between too little and
        // enough.
        try (TargetJvm jvm = shop.startable().agent().option("-Xint").run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("dive lib.Visit")).isEqualTo("java.lang.StackOverflowError");
            jvm.ask("start sleeper lib.Greeter hold");
            jvm.ask("arrived hold 1");
            control.load(shop.patch());
            control.await("a blocker", status -> !status.getArray("blockers").isEmpty());

            assertThat(jvm.ask("dive lib.Visit")).isEqualTo("java.lang.StackOverflowError");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    private void deepThreadBlocks(String start) {
        try (TargetJvm jvm = shop.startable().agent().option("-Xss4m").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask(start + " diver lib.Greeter deep");
            jvm.ask("arrived deep 1");

            control.load(shop.patch());
            control.await("the diver alone blocks", DeepStackTest::diverAloneBlocks);
            jvm.ask("open deep");

            assertThat(jvm.ask("join diver")).isEqualTo("before");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    private static boolean diverAloneBlocks(JsonObject status) {
        JsonArray blockers = status.getArray("blockers");
        return blockers.size() == 1 && blockers.getObject(0).getString("thread").equals("diver");
    }
}
