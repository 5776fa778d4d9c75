package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The machine's clock is set back and forth by hours: it dates things, and measures none. */
@OnEveryJdk
final class ClockTest {

    private static final String PATCH = Shop.PATCH;
    private static final String GREET = "call lib.Greeter greet";
    private static final Duration FORTH = Duration.ofHours(5);
    private static final Duration BACK = Duration.ofHours(-5);

    private final Shop shop;
    private final SteppedClock clock = new SteppedClock();

    ClockTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_transition_goes_on_and_its_times_are_true() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            clock.step(jvm, BACK);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            for (Duration away : List.of(FORTH, BACK, FORTH)) {
                clock.step(jvm, away);
                verifyTimes(control.await(
                        "the sleeper blocks", now -> !now.getArray("blockers").isEmpty()));
            }

            jvm.ask("open hold");

            double seconds = control.awaitState(PATCH, "enabled")
                    .getObject("totals")
                    .getDouble("last_load_seconds");
            assertThat(seconds).isBetween(0.0, 600.0);
            assertThat(jvm.ask(GREET)).isEqualTo("after");
            clock.step(jvm, BACK);
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            verifyOrder(control);
        }
    }

    @Test
    void a_command_waits_as_long_as_it_was_told() throws Exception {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            Path said = Workplace.fresh().resolve("said");
            Process patient = command(said, "load", "--wait", "10m", jvm.pid());
            awaitLine(said, "threads are patched");
            clock.step(jvm, FORTH);
            jvm.ask("idle 7");
            // It has looked again, later than it would wait by this clock.
            Awaitility.await("another look")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readAllLines(said).size() > 1);
            jvm.ask("open hold");
            assertThat(patient.waitFor()).as(Files.readString(said)).isZero();

            jvm.enter("other", "lib.Greeter", "holdAgain", "hold-again");
            Process hasty = command(said, "disable", "--wait", "2s", jvm.pid());
            control.await("it is being disabled", now -> now.getObject("transition") != null);
            clock.step(jvm, BACK);

            assertThat(hasty.waitFor()).as(Files.readString(said)).isEqualTo(8);
            jvm.ask("open hold-again");
            control.awaitState(PATCH, "enabled");
        }
    }

    @Test
    void a_confirmation_is_waited_for_as_long_as_was_said() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            load(control, Duration.ofHours(1));
            control.awaitState(PATCH, "enabled");
            for (Duration away : List.of(FORTH, BACK)) {
                clock.step(jvm, away);
                control.status(); // wakes who would disable it
                JsonObject patch =
                        (JsonObject) control.status().getArray("patches").get(0);
                assertThat(patch.getDouble("confirm_seconds")).isBetween(3_000.0, 3_600.0);
                assertThat(patch.getString("state")).isEqualTo("enabled");
            }
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");

            clock.step(jvm, FORTH);
            load(control, Duration.ofSeconds(3));
            clock.step(jvm, BACK);

            control.await("enabled or gone by now", now -> now.getObject("transition") == null);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask(GREET)).isEqualTo("before");
        }
    }

    @Test
    void the_crash_guard_s_time_is_as_long_as_was_said() {
        Installation installation = new Installation();
        installation.install(shop.patch());
        try (TargetJvm jvm = start(installation.keys("crash-guard=1s"))) {
            clock.step(jvm, BACK);
            Awaitility.await("the time is over")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> folders(installation).isEmpty());
        }
        try (TargetJvm jvm = start(installation.keys("crash-guard=60m"))) {
            assertThat(jvm.ask(GREET)).isEqualTo("after");
            clock.step(jvm, FORTH);
            new ControlClient(jvm).status(); // wakes who would end it
            new ControlClient(jvm).status();
            assertThat(folders(installation)).hasSize(1);
        }
        try (TargetJvm jvm = start(installation.keys())) {
            assertThat(jvm.ask(GREET)).isEqualTo("before");
            jvm.awaitTalk("held back");
        }
    }

    private TargetJvm start(String... keys) {
        TargetJvm jvm = shop.startable().under(clock.launcher()).agent(keys).run();
        jvm.ask(GREET);
        return jvm;
    }

    private void load(ControlClient control, Duration confirm) {
        control.load(
                shop.patch(),
                JsonObject.builder().value("confirm", confirm.toMillis()).done());
    }

    /** One that has the clock as well, and what it says goes into a file. */
    private Process command(Path said, String... words) throws IOException {
        String operand = words[0].equals("load") ? shop.patch().toString() : PATCH;
        List<String> command = clock.under(Jlp.commandLine(words));
        command.add(operand);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static void awaitLine(Path said, String part) {
        Awaitility.await(part)
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(said).contains(part));
    }

    private static void verifyTimes(JsonObject status) {
        assertThat(status.getObject("transition").getDouble("seconds")).isBetween(0.0, 600.0);
        for (Object blocker : status.getArray("blockers")) {
            assertThat(((JsonObject) blocker).getDouble("since")).isBetween(0.0, 600.0);
        }
    }

    /** The numbers and names are in order, though the dates are not. */
    private static void verifyOrder(ControlClient control) {
        List<JsonObject> events = control.call("events").getArray("events").stream()
                .map(JsonObject.class::cast)
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getLong("seq")).isEqualTo(i + 1L);
        }
        assertThat(events.stream().map(event -> event.getString("event")))
                .containsSubsequence(
                        "enabling",
                        "start-patch",
                        "completing-patch",
                        "patched",
                        "start-unpatch",
                        "completing-unpatch",
                        "unpatched");
        List<Instant> dates = events.stream()
                .map(event -> Instant.parse(event.getString("time")))
                .toList();
        assertThat(dates).isNotEqualTo(dates.stream().sorted().toList());
    }

    private static List<Path> folders(Installation installation) {
        try (Stream<Path> all = Files.list(installation.state().resolve("jvms"))) {
            return all.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
