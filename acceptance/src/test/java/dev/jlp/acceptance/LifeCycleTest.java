package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** Load, disable, reverse, force and unload, as the program sees them. */
@OnEveryJdk
final class LifeCycleTest {

    private static final String PATCH = Shop.PATCH;

    private final Shop shop;

    LifeCycleTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_loaded_patch_is_in_force_until_it_is_disabled() {
        try (TargetJvm jvm = shop.start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call lib.Greeter untouched")).isEqualTo("same");

            Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void the_command_attaches_the_agent_to_a_jvm_that_was_started_without_it() {
        try (TargetJvm jvm = shop.startable().run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_thread_inside_an_old_body_is_named_from_the_first_second_and_lets_go_when_it_leaves() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");

            control.load(shop.patch());
            JsonObject status = control.await("a blocker", now -> !blockers(now).isEmpty());

            assertThat(blockers(status)).contains("sleeper in lib.Greeter.hold");
            assertThat(status.getObject("transition").getDouble("seconds")).isLessThan(2);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("join sleeper")).isEqualTo("before");
        }
    }

    @Test
    void threads_that_end_while_a_transition_waits_are_not_kept() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            control.await("a blocker", status -> !blockers(status).isEmpty());

            assertThat(jvm.ask("forgotten lib.Visit")).isEqualTo("forgotten");
        }
    }

    @Test
    void a_thread_that_was_inside_when_the_patch_came_ends_its_nest_in_the_old_bodies() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "holdAgain", "hold-again");

            control.load(shop.patch());
            jvm.ask("open hold-again");

            assertThat(jvm.ask("join sleeper")).isEqualTo("before then before");
            control.awaitState(PATCH, "enabled");
        }
    }

    @Test
    void idle_threads_outside_the_library_hold_nothing_back() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("idle 50");
            jvm.ask("call lib.Greeter greet");

            control.load(shop.patch());

            control.awaitState(PATCH, "enabled");
        }
    }

    @Test
    void a_load_reversed_half_way_ends_in_the_old_bodies() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            Jlp.run("reverse", jvm.pid()).mustSucceed();

            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            jvm.ask("open hold");
            assertThat(jvm.ask("join sleeper")).isEqualTo("before");
        }
    }

    @Test
    void a_disable_reversed_half_way_ends_in_the_new_bodies() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.disable(PATCH);

            control.call("reverse");

            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void force_completes_a_transition_that_a_thread_holds_back() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("looper", "lib.Greeter", "loop", "loop");
            control.load(shop.patch());
            control.await("a blocker", now -> !blockers(now).isEmpty());

            Exec forced = Jlp.run("force", jvm.pid());

            assertThat(forced.exit()).as("done by force: %s", forced.err()).isEqualTo(10);
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            jvm.ask("open loop");
            assertThat(jvm.ask("join looper")).isEqualTo("before");
        }
    }

    @Test
    void frames_of_an_ended_transition_hold_back_the_next_ones() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("first", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.enter("second", "lib.Greeter", "holdAgain", "hold-again");
            control.call("reverse");
            control.await(
                    "the second thread blocks",
                    now -> blockers(now).contains("second in lib.Greeter.holdAgain"));

            jvm.ask("open hold-again");
            assertThat(jvm.ask("join second")).isEqualTo("after then after");
            control.awaitState(PATCH, "disabled");
            control.load(shop.patch());
            control.await(
                    "the first thread blocks",
                    now -> blockers(now).contains("first in lib.Greeter.hold"));
            jvm.ask("open hold");

            assertThat(jvm.ask("join first")).isEqualTo("before");
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_frame_that_was_armed_for_one_transition_holds_back_the_next() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("first", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.enter("second", "lib.Greeter", "holdAgain", "hold-again");
            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");

            control.disable(PATCH);
            control.await(
                    "the second thread blocks",
                    now -> blockers(now).contains("second in lib.Greeter.holdAgain"));
            jvm.ask("open hold-again");

            assertThat(jvm.ask("join second")).isEqualTo("after then after");
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    /** A redefinition takes the file from frames that are older than it, and with it what is shown. */
    @Test
    void status_says_of_each_blocker_whether_its_line_is_known() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("first", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.enter("second", "lib.Greeter", "holdAgain", "hold-again");
            assertThat(lineKnown(control, "first in lib.Greeter.hold")).isFalse();

            control.call("reverse");

            assertThat(lineKnown(control, "second in lib.Greeter.holdAgain")).isTrue();
        }
    }

    private static boolean lineKnown(ControlClient control, String blocker) {
        JsonObject status = control.await(blocker, now -> blockers(now).contains(blocker));
        JsonObject found =
                status.getArray("blockers").getObject(blockers(status).indexOf(blocker));
        boolean shown = found.getArray("frames").stream()
                .anyMatch(frame -> frame.toString().contains("(Greeter.java:"));
        assertThat(found.getBoolean("line_known"))
                .as(found.getArray("frames").toString())
                .isEqualTo(shown);
        return shown;
    }

    @Test
    void a_load_that_runs_out_of_time_is_reversed_and_says_where_it_ended() {
        try (TargetJvm jvm = shop.start()) {
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");

            JsonObject error =
                    Jlp.refused("load", jvm.pid(), shop.patch().toString(), "--wait", "2s");

            assertThat(error.getString("code")).isEqualTo("ETIMEDOUT");
            assertThat(error.getString("message")).contains("reversed");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void a_disabled_patch_can_be_unloaded_and_loaded_again() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            for (int i = 0; i < 3; i++) {
                control.load(shop.patch());
                control.awaitState(PATCH, "enabled");
                assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
                control.disable(PATCH);
                control.awaitState(PATCH, "disabled");
                assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            }
            control.unload(PATCH);

            assertThat(ControlClient.stateOf(control.status(), PATCH)).isEqualTo("none");
        }
    }

    @Test
    void a_patched_method_shows_file_and_line_of_the_fixed_source() {
        Sources source = Sources.of("lib/Traced.java", """
                package lib;

                public final class Traced {
                    // EXTRA
                    public static String here() {
                        return new Throwable().getStackTrace()[0].toString();
                    }
                }
                """);
        Sources fixed = source.replace("// EXTRA", "\n\n")
                .replace("return new", "String no = \"\"; return no + new");
        Change change = Change.of(shop.jdk(), "traced", source, fixed);
        try (TargetJvm jvm =
                TargetJvm.on(shop.jdk()).with(change.before()).agent().run()) {
            assertThat(jvm.ask("call lib.Traced here")).contains("lib.Traced.here(Traced.java:6)");

            ControlClient control = new ControlClient(jvm);
            control.load(change.patch("traced"));
            control.awaitState("traced", "enabled");

            assertThat(jvm.ask("call lib.Traced here")).contains("lib.Traced.here(Traced.java:8)");
        }
    }

    private static java.util.List<String> blockers(JsonObject status) {
        return status.getArray("blockers").stream()
                .map(JsonObject.class::cast)
                .map(blocker -> blocker.getString("thread") + " in " + blocker.getString("method"))
                .toList();
    }
}
