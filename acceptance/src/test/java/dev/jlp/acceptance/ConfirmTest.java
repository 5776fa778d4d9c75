package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;

import dev.jlp.acceptance.ControlClient.Refused;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

/** A patch that nobody confirms goes by itself. */
@OnEveryJdk
final class ConfirmTest {

    private static final int FOR_EVER_MILLIS = 3_600_000;
    private static final int SOON_MILLIS = 300;

    /** Time enough to put a thread in the way, on a busy machine too. */
    private static final int LATER_MILLIS = 6_000;

    private final Shop shop;

    ConfirmTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_patch_that_is_not_confirmed_is_disabled_in_the_ordinary_way() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);

            load(control, SOON_MILLIS);

            control.awaitState(Shop.PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(control.events("init-unpatch"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("reason"))
                            .isEqualTo("not confirmed within 300 ms"));
        }
    }

    @Test
    void a_confirmed_patch_stays() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            String loaded = Jlp.run(
                            "load", "--confirm", "1h", jvm.pid(), shop.patch().toString())
                    .mustSucceed()
                    .out();
            assertThat(loaded).contains("unless it is confirmed within 60 min");
            assertThat(left(control).orElseThrow()).isBetween(3_000.0, 3_600.0);
            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out())
                    .contains("shop-fix: disabled unless it is confirmed within");

            Jlp.run("confirm", jvm.pid(), Shop.PATCH, "--reason", "looks good").mustSucceed();

            assertThat(left(control)).isEmpty();
            assertThat(control.events("confirmed"))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.getString("reason")).isEqualTo("looks good"));
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void what_does_not_wait_for_it_can_not_be_confirmed() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            Exec unknown = Jlp.run("confirm", jvm.pid(), "nobody");
            assertThat(unknown.exit()).isEqualTo(5);
            assertThat(unknown.err()).contains("no patch named 'nobody' is loaded");

            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            assertThatThrownBy(() -> confirm(control))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("EINVAL")
                    .hasMessageContaining("not waiting to be confirmed");
        }
    }

    @Test
    void a_load_that_is_still_going_on_when_the_time_is_over_is_reversed() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");

            load(control, SOON_MILLIS);

            control.awaitState(Shop.PATCH, "disabled");
            assertThat(control.events("reversing"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.getString("reason")).contains("not confirmed"));
            jvm.ask("open hold");
        }
    }

    @Test
    void somebody_who_reverses_the_disabling_does_not_confirm() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            load(control, LATER_MILLIS);
            control.awaitState(Shop.PATCH, "enabled");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.await("it is being disabled", status -> status.getObject("transition") != null);

            control.call("reverse");

            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "disabled");
        }
    }

    @Test
    void confirming_late_is_enough_as_long_as_the_patch_is_active() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            load(control, LATER_MILLIS);
            control.awaitState(Shop.PATCH, "enabled");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.await("it is being disabled", status -> status.getObject("transition") != null);
            assertThat(left(control).orElseThrow()).isZero();

            confirm(control);
            control.call("reverse");

            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void the_transition_of_another_patch_is_waited_for() {
        Sources other = Sources.of("other/Text.java", """
                package other;

                import dev.jlp.acceptance.programs.Gate;

                public final class Text {
                    public static String stay() {
                        Gate.pass("stay");
                        return "VERSION";
                    }
                }
                """);
        Change second = Change.ofVersions(shop.jdk(), "other", other);
        Path otherFix = second.patch("other-fix");
        try (TargetJvm jvm = shop.startable().with(second.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            load(control, LATER_MILLIS);
            control.awaitState(Shop.PATCH, "enabled");
            jvm.enter("sleeper", "other.Text", "stay", "stay");
            control.load(otherFix);

            control.await("the time is over", status -> left(control).orElse(1.0) == 0);

            assertThat(ControlClient.stateOf(control.status(), Shop.PATCH)).isEqualTo("enabled");
            jvm.ask("open stay");
            control.awaitState(Shop.PATCH, "disabled");
            control.awaitState("other-fix", "enabled");
        }
    }

    @Test
    void the_agent_s_option_holds_for_loads_that_say_nothing() {
        try (TargetJvm jvm = shop.startable().agent("confirm=300ms").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");

            control.load(shop.patch());

            control.awaitState(Shop.PATCH, "disabled");
        }
    }

    @Test
    void a_load_by_hand_of_a_disabled_one_begins_anew() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            load(control, SOON_MILLIS);
            control.awaitState(Shop.PATCH, "disabled");

            load(control, FOR_EVER_MILLIS);

            control.awaitState(Shop.PATCH, "enabled");
            assertThat(left(control)).isPresent();
        }
    }

    private void load(ControlClient control, int confirmMillis) {
        control.load(
                shop.patch(),
                JsonObject.builder().value("confirm", confirmMillis).done());
    }

    private static void confirm(ControlClient control) {
        control.call("confirm", JsonObject.builder().value("name", Shop.PATCH).done(), new byte[0]);
    }

    private static Optional<Double> left(ControlClient control) {
        return control.status().getArray("patches").stream()
                .map(JsonObject.class::cast)
                .filter(each -> Shop.PATCH.equals(each.getString("name")))
                .filter(each -> each.has("confirm_seconds"))
                .map(each -> each.getDouble("confirm_seconds"))
                .findFirst();
    }
}
