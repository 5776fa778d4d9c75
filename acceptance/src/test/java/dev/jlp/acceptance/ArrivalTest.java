package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** Classes and loaders that come after the patch, or while it comes. */
@OnEveryJdk
final class ArrivalTest {

    private static final String PATCH = Shop.PATCH;
    private static final String HELPER = "late/Helper.java";

    private final Shop shop;

    ArrivalTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_class_loaded_after_the_patch_never_runs_an_old_body() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and before");
        }
    }

    @Test
    void a_class_loaded_in_the_middle_of_a_transition_follows_its_outcome() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());

            // On 17 the initialiser runs below the native accessor, which makes the thread unsure:
            // it stays
            // old, and then it has to be old in everything.
            assertThat(jvm.ask("call lib.Late value")).isIn("after and after", "before and before");
            control.call("reverse");
            control.awaitState(PATCH, "disabled");

            assertThat(jvm.ask("call lib.Late value")).endsWith(" and before");
            jvm.ask("open hold");
        }
    }

    @Test
    void a_class_in_the_middle_of_its_definition_is_patched_when_it_appears() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("slow-loader slow " + shop.change().before());
            jvm.enter("flyer", "slow:lib.Flight", "value", "slow");

            control.load(shop.patch());
            jvm.ask("open slow");
            jvm.ask("join flyer");

            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call slow:lib.Flight value")).isEqualTo("after after");
        }
    }

    @Test
    void a_disable_waits_for_a_class_in_the_middle_of_its_definition() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(PATCH, "waiting");
            jvm.ask("slow-loader slow " + shop.change().before());
            jvm.enter("flyer", "slow:lib.Flight", "value", "slow");

            control.disable(PATCH);
            assertThat(control.events("start-unpatch")).isEmpty();
            jvm.ask("open slow");

            assertThat(jvm.ask("join flyer")).isIn("after after", "before before");
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call slow:lib.Flight value")).isEqualTo("before before");
        }
    }

    /** Else a program that defines classes all the time would never be patched. */
    @Test
    void a_definition_that_began_behind_the_load_is_not_waited_for() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("slow-loader before " + shop.change().before());
            jvm.ask("slow-loader behind " + shop.change().before());
            jvm.enter("first", "before:lib.Flight", "value", "before");
            control.load(shop.patch());
            jvm.enter("second", "behind:lib.Flight", "value", "behind");

            jvm.ask("open before");
            control.awaitState(PATCH, "enabled");
            jvm.ask("open behind");

            assertThat(jvm.ask("join second")).isEqualTo("after after");
        }
    }

    @Test
    void a_class_whose_static_initialiser_is_running_is_patched() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("first", "lib.Caller", "initialising", "initialiser");

            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            jvm.ask("open initialiser");

            assertThat(jvm.ask("join first")).isEqualTo("after");
        }
    }

    @Test
    void a_class_that_is_defined_without_a_name_is_patched() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(PATCH, "waiting");
            jvm.ask("nameless anonymous " + shop.change().before());

            assertThat(jvm.ask("call anonymous:lib.Late value")).isEqualTo("after and after");
        }
    }

    @Test
    void the_same_library_in_two_loaders_is_patched_in_both() {
        Path jar = shop.change().before();
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("loader one " + jar);
            jvm.ask("loader two " + jar);
            jvm.ask("call one:lib.Greeter greet");
            jvm.ask("call two:lib.Greeter greet");

            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            jvm.ask("loader three " + jar);

            assertThat(jvm.ask("call one:lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call two:lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call three:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_patch_without_a_loaded_target_waits_and_says_that_it_changes_nothing_yet() {
        try (TargetJvm jvm = shop.startCold()) {
            Exec loaded = Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();

            assertThat(loaded.out() + loaded.err()).contains("changes nothing yet");
            ControlClient control = new ControlClient(jvm);
            assertThat(ControlClient.stateOf(control.status(), PATCH)).isEqualTo("waiting");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            control.awaitState(PATCH, "enabled");
        }
    }

    @Test
    void a_loader_that_already_has_the_fix_is_native_and_keeps_it() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("loader fixed " + shop.change().after());
            jvm.ask("call fixed:lib.Greeter greet");

            JsonObject loaded = control.load(shop.patch());
            assertThat(loaded.getObject("verdicts").getInt("native")).isPositive();
            control.awaitState(PATCH, "enabled");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");

            assertThat(jvm.ask("call fixed:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_late_class_stays_unpatched_where_its_new_body_names_what_is_not_there() {
        Change change = Change.of(
                shop.jdk(),
                "user",
                user("\"before\"").and(HELPER, helper("fresh")),
                user("Helper.fresh()").and(HELPER, helper("fresh")));
        Path lacking = user("\"before\"")
                .and(HELPER, helper("stale"))
                .compile(shop.jdk(), Workplace.fresh().resolve("user.jar"), List.of(), List.of());
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("loader whole " + change.before());
            jvm.ask("loader lacking " + lacking);
            control.load(change.patch("user-fix"));

            assertThat(jvm.ask("call whole:late.User value")).isEqualTo("fresh");
            assertThat(jvm.ask("call lacking:late.User value")).isEqualTo("before");

            control.await(
                    "the class is exposed",
                    status -> JsonWriter.string(status)
                            .contains("missing there: late.Helper.fresh()"));
            assertThat(control.events("exposed"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("detail"))
                            .contains("late.User.value", "missing there: late.Helper.fresh()"));
            assertThat(jvm.ask("call lacking:late.User value")).isEqualTo("before");
        }
    }

    private static Sources user(String expression) {
        return Sources.of("late/User.java", """
                package late;

                public final class User {
                    public static String value() {
                        return EXPRESSION;
                    }
                }
                """).replace("EXPRESSION", expression);
    }

    private static String helper(String method) {
        return "package late; final class Helper { static String %s() { return \"%s\"; } }"
                .formatted(method, method);
    }
}
