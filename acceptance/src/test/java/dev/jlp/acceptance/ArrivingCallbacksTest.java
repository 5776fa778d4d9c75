package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Callbacks of instances whose classes are being defined, now or when the patch came. */
@OnEveryJdk
final class ArrivingCallbacksTest {

    private static final String PATCH = "told";

    private final Jdk jdk;
    private final Shop shop;

    ArrivingCallbacksTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void an_instance_that_is_found_late_is_called_as_one_that_was_there() {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("slow-loader slow " + shop.change().before());
            jvm.enter("flyer", "slow:lib.Flight", "value", "slow");
            control.load(patch("--include", "lib.Flight.value"));

            jvm.ask("open slow");
            jvm.ask("join flyer");

            control.awaitState(PATCH, "enabled");
            assertThat(events(control))
                    .containsExactly(
                            "enabling",
                            "init-patch",
                            "pre-patch LIVE",
                            "applying late: lib.Flight",
                            "start-patch",
                            "completing-patch",
                            "post-patch LIVE",
                            "patched");
            assertThat(jvm.ask("call slow:lib.Flight value")).isEqualTo("after before");
        }
    }

    @ParameterizedTest(name = "a {0}")
    @ValueSource(strings = {"monitor", "lock"})
    void one_that_wants_a_lock_of_the_thread_that_defines_the_class_is_given_up(String which) {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent("callback-limit=60s").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("set tell.pre-patch take " + which);
            control.load(patch());
            jvm.ask("loader other " + shop.change().before());

            assertThat(jvm.fails("call-locked other:lib.Greeter greet"))
                    .contains("jlp: refused by patch 'told'", "coming-loads-no-class");

            assertThat(control.events("callback-abandoned"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("detail"))
                            .contains("it waits for a lock of the thread that defines the class"));
            control.await("it is gone", status -> status.getArray("callbacks").isEmpty());
        }
    }

    private Path patch(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--callbacks", "scenario.Told"));
        all.addAll(List.of("--classpath", Callbacks.jar(jdk).toString()));
        return shop.change().patch(PATCH, all.toArray(String[]::new));
    }

    /** The events with what they say of the target. */
    private static List<String> events(ControlClient control) {
        return control.call("events").getArray("events").stream()
                .map(JsonObject.class::cast)
                .map(event -> event.has("target")
                        ? event.getString("event") + " " + event.getString("detail")
                        : event.getString("event"))
                .toList();
    }
}
