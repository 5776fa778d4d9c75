package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is being recorded can be patched, and the kernel log's lines of a patch are in its recordings.
 */
@OnEveryJdk
final class FlightRecordingTest {

    private static final String RECORDED = "jlp.Patched";

    private final Shop shop;

    @TempDir
    private Path folder;

    private int dumps;

    FlightRecordingTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_recording_has_the_events_of_a_patch() {
        try (TargetJvm jvm =
                shop.startable().option("-XX:StartFlightRecording").agent().run()) {
            jvm.ask("call lib.Greeter greet");
            new ControlClient(jvm).load(shop.patch());

            RecordedEvent patched = awaitRecorded(jvm);

            assertThat(patched.getString("patch")).isEqualTo(Shop.PATCH);
            assertThat(patched.getString("version")).isEqualTo("1");
        }
    }

    @Test
    void a_recording_that_begins_later_has_those_from_then_on() throws IOException {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            control.unload(Shop.PATCH);
            jcmd(jvm, "JFR.start");

            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            assertThat(awaitRecorded(jvm).getString("patch")).isEqualTo(Shop.PATCH);
            assertThat(recorded(jvm))
                    .extracting(RecordedEvent::getEventType)
                    .noneMatch(type -> type.getName().equals("jlp.Unpatched"));
        }
    }

    private RecordedEvent awaitRecorded(TargetJvm jvm) {
        return Awaitility.await(RECORDED)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> recorded(jvm).stream()
                                .filter(event -> event.getEventType().getName().equals(RECORDED))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private List<RecordedEvent> recorded(TargetJvm jvm) throws IOException {
        Path file = folder.resolve(++dumps + ".jfr");
        jcmd(jvm, "JFR.dump", "filename=" + file);
        List<RecordedEvent> ours = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().startsWith("jlp.")) {
                ours.add(event);
            }
        }
        return ours;
    }

    private void jcmd(TargetJvm jvm, String... command) {
        List<String> line = new ArrayList<>();
        line.add(shop.jdk().tool("jcmd").toString());
        line.add(jvm.pid());
        line.addAll(List.of(command));
        Exec.run(line).mustSucceed();
    }
}
