package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A transition that does not complete: when it is tried again, and when somebody is told. */
@OnEveryJdk
final class RetryTest {

    private static final int RETRIES = 13;

    /** As far as two clocks agree on it. */
    private static final Duration SECOND = Duration.ofMillis(990);

    private final Shop shop;

    RetryTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    /**
     * Each attempt to complete is an event, when the JVM refuses what ends the transition. The many threads
     * make it likely that a round of looks is interrupted by the command, which is not to be gone on with.
     */
    @Test
    void a_transition_is_tried_often_at_first_then_once_a_second() {
        try (TargetJvm jvm = shop.startable().agent().testAgent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("idle 500");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.ask("set spoil.lib/Greeter " + RETRIES);

            control.call("force");
            control.awaitState(Shop.PATCH, "enabled");

            List<Duration> pauses = pauses(control.events("completing-patch"));
            assertThat(pauses).hasSize(RETRIES);
            assertThat(pauses.get(0)).isLessThan(SECOND);
            assertThat(pauses.subList(RETRIES - 3, RETRIES))
                    .allSatisfy(pause -> assertThat(pause).isGreaterThan(SECOND));
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    private static List<Duration> pauses(List<JsonObject> events) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < events.size(); i++) {
            pauses.add(Duration.between(time(events.get(i - 1)), time(events.get(i))));
        }
        return pauses;
    }

    @Test
    void after_fifteen_seconds_those_who_hold_a_transition_back_are_named_once() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());

            control.await("signalling", status -> !control.events("signalling").isEmpty());
            JsonObject event = control.events("signalling").get(0);
            assertThat(event.get("detail").toString()).contains("sleeper").contains("hold");
            assertThat(Duration.between(time(control.events("start-patch").get(0)), time(event)))
                    .isGreaterThan(Duration.ofSeconds(14));

            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "enabled");
            assertThat(control.events("signalling")).hasSize(1);
        }
    }

    private static Instant time(JsonObject event) {
        return Instant.parse(event.getString("time"));
    }
}
