package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An installed patch whose JVM died soon after it was loaded is not loaded again unasked. */
@OnEveryJdk
final class CrashGuardTest {

    private final Shop shop;
    private final Installation installation = new Installation();

    CrashGuardTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @BeforeEach
    void install() {
        installation.install(shop.patch());
    }

    @Test
    void a_killed_jvm_counts_as_a_death_and_the_patch_is_held_back_loudly() {
        kill(start());

        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            jvm.awaitTalk("held back");
            assertThat(jvm.talk().lines().filter(line -> line.contains("held back")))
                    .singleElement()
                    .asString()
                    .contains("'shop-fix'", "died within 60000 ms", "'jlp install' of it releases");
            assertThat(control.events("refused"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("detail")).contains("died"));
            for (String command : List.of("status", "list")) {
                assertThat(Jlp.run(command, jvm.pid()).mustSucceed().out()).contains("died within");
            }
            assertThat(Jlp.run("ps").mustSucceed().out()).contains("'shop-fix' 1 is held back");
        }
    }

    @Test
    void installing_again_releases_it() {
        kill(start());
        start().close();

        JsonObject done = installation.install(shop.patch());

        assertThat(done.getString("done")).isEqualTo("again");
        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_held_patch_stays_held_however_often_jvms_start_and_end() {
        kill(start());
        kill(start());
        start().exit();

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void an_ordinary_end_is_no_death() {
        start().exit();

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_death_after_the_time_does_not_count() {
        TargetJvm jvm = start("crash-guard=200ms");
        Awaitility.await().until(() -> folders().isEmpty());
        kill(jvm);

        try (TargetJvm next = start()) {
            assertThat(next.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void jvms_that_live_beside_each_other_are_not_taken_for_dead() {
        try (TargetJvm first = start();
                TargetJvm second = start();
                TargetJvm third = start()) {
            for (TargetJvm jvm : List.of(first, second, third)) {
                assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            }
            assertThat(folders()).hasSize(3);
        }
    }

    @Test
    void the_machine_s_own_end_is_not_the_patch_s() throws IOException {
        kill(start());
        Path loaded = folders().get(0).resolve("loaded");
        String text = Files.readString(loaded);
        Files.writeString(
                loaded,
                text.replaceAll("\"machine-run\":\"[^\"]*\"", "\"machine-run\":\"earlier\""));

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void without_a_folder_to_write_to_the_guard_is_off_and_nothing_else_fails() {
        TargetJvm.Start start =
                shop.startable().agent("state=/dev/null/no", "patches=" + installation.patches());
        for (int i = 0; i < 2; i++) {
            try (TargetJvm jvm = start.run()) {
                assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
                jvm.awaitTalk("jlp: ");
                assertThat(jvm.talk().lines().filter(line -> line.startsWith("jlp: ")))
                        .singleElement()
                        .asString()
                        .contains("the crash guard is off");
            }
        }
    }

    @Test
    void a_state_directory_of_another_format_is_left_alone() throws IOException {
        Files.writeString(installation.state().resolve("format"), "2\n");

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            jvm.awaitTalk("has format '2', this agent knows format '1'");
            assertThat(installation.state().resolve("jvms")).doesNotExist();
        }
    }

    private TargetJvm start(String... more) {
        return shop.startable().agent(installation.keys(more)).run();
    }

    private static void kill(TargetJvm jvm) {
        jvm.close();
    }

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(installation.state().resolve("jvms"))) {
            return all.toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
