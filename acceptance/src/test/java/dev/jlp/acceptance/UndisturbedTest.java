package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a program or its surroundings may do to the agent, and what the agent must not do to it. */
@OnEveryJdk
final class UndisturbedTest {

    private final Shop shop;

    UndisturbedTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_socket_that_was_deleted_is_made_anew() throws IOException {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);

            Files.delete(control.socket());

            Awaitility.await("the socket")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(control.socket()));
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void threads_of_the_agent_that_are_interrupted_go_on() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            assertThat(jvm.ask("interrupt jlp-"))
                    .contains("jlp-control", "jlp-events", "jlp-worker");

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            Awaitility.await("events on the console")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jvm.talk().contains("\"unpatched\""));
        }
    }

    /** The log is a pipe here: whoever writes to it waits for a reader. */
    @Test
    void a_class_is_defined_though_nobody_reads_the_log() throws Exception {
        Path log = Workplace.fresh().resolve("events");
        Exec.run(List.of("mkfifo", log.toString())).mustSucceed();
        try (TargetJvm jvm = shop.startable().agent("events=" + log).run();
                var reader = new java.io.RandomAccessFile(log.toFile(), "rw")) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            fill(log);

            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");

            assertThat(reader.getFD().valid()).as("the pipe is open and full").isTrue();
        }
    }

    /** Until the pipe takes no more. */
    private static void fill(Path pipe) throws IOException {
        Exec.run(List.of(
                        "dd",
                        "if=/dev/zero",
                        "of=" + pipe,
                        "bs=64",
                        "count=4096",
                        "oflag=nonblock",
                        "status=none"))
                .exit();
    }
}
