package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** Threads that are 5,000 frames deep: their traces must be whole to be believed. */
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
        deepThreadBlocks("start", "deep", "'lib.Greeter.dive' is on its stack");
    }

    @Test
    void a_virtual_thread_deep_in_old_bodies_holds_the_patch_back() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        deepThreadBlocks("start-virtual", "deep", "'lib.Greeter.dive' is on its stack");
    }

    /** From 21 on its first trace is cut off, and the JVM is asked for a whole one. */
    @Test
    void an_old_body_far_below_the_top_of_a_platform_thread_holds_the_patch_back() {
        deepThreadBlocks("start", "cutOff", "'lib.Greeter.cutOff' is on its stack");
    }

    /** Nobody has a whole one of a virtual thread that is mounted. */
    @Test
    void an_old_body_far_below_the_top_of_a_virtual_thread_holds_the_patch_back() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        deepThreadBlocks("start-virtual", "cutOff", "may be cut off");
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
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            control.await("a blocker", status -> !status.getArray("blockers").isEmpty());

            assertThat(jvm.ask("dive lib.Visit")).isEqualTo("java.lang.StackOverflowError");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_virtual_thread_that_never_leaves_its_processor_is_seen_in_an_old_body() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        deepThreadBlocks("start-virtual", "spin", "'lib.Greeter.spin' is on its stack");
    }

    @Test
    void where_virtual_threads_are_not_tracked_only_force_completes() {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        try (TargetJvm jvm =
                shop.startable().agent().option("-Djdk.trackAllThreads=false").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            control.load(shop.patch());
            JsonObject status = control.await(
                    "a whole round of looks that found nobody",
                    now -> now.getObject("transition").getInt("threads") > 0
                            && now.getObject("transition").getInt("pending") == 0);

            assertThat(status.getObject("agent").getArray("warnings").toString())
                    .contains("virtual threads can't be listed");
            assertThat(Jlp.run("force", jvm.pid()).exit()).isEqualTo(10);
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    /** A thread called diver waits in {@code lib.Greeter.METHOD}, at the gate METHOD. */
    private void deepThreadBlocks(String start, String method, String why) {
        try (TargetJvm jvm = shop.startable().agent().option("-Xss4m").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask(start + " diver lib.Greeter " + method);
            jvm.ask("arrived " + method + " 1");

            control.load(shop.patch());
            control.await("the diver alone blocks", now -> diverAloneBlocks(now, why));
            jvm.ask("open " + method);

            assertThat(jvm.ask("join diver")).isEqualTo("before");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    private static boolean diverAloneBlocks(JsonObject status, String why) {
        JsonArray blockers = status.getArray("blockers");
        return blockers.size() == 1
                && blockers.getObject(0).getString("thread").equals("diver")
                && blockers.getObject(0).getString("why").contains(why);
    }
}
