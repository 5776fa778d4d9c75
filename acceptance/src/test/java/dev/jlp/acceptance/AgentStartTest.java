package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Whatever is wrong with the agent, the program runs as if it were not there. */
@OnEveryJdk
final class AgentStartTest {

    private final Shop shop;

    AgentStartTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void an_unknown_option_is_named_in_one_line_and_the_program_runs() {
        try (TargetJvm jvm = shop.startable().agent("no-such-option=1").run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            jvm.awaitTalk("jlp: ");
            assertThat(jvm.talk().lines())
                    .singleElement()
                    .asString()
                    .startsWith("jlp: ")
                    .contains("unknown agent option 'no-such-option'");
            assertThat(jvm.ask("property jlp.agent")).startsWith("failed");
            Exec refused = Jlp.run("load", jvm.pid(), shop.patch().toString());
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("standard error says why");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    /** An agent that ignored it would take the unsigned patches that it was told to refuse. */
    @Test
    void the_option_trust_is_refused_wherever_it_is_given() {
        for (TargetJvm.Start start : List.of(
                shop.startable().agent("trust=keys"),
                shop.startable().agent().option("-Djlp.trust=keys"),
                shop.startable().agent().variable("JLP_TRUST", "keys"))) {
            try (TargetJvm jvm = start.run()) {
                jvm.awaitTalk("the agent option 'trust' is not there yet");
                assertThat(jvm.ask("property jlp.agent")).startsWith("failed");
                assertThat(Jlp.run("load", jvm.pid(), shop.patch().toString()).exit())
                        .isEqualTo(3);
                assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            }
        }
    }

    @Test
    void what_is_named_like_an_option_and_is_none_is_said_once_and_the_agent_runs() {
        TargetJvm.Start start = shop.startable()
                .agent()
                .option("-Djlp.pathces=/p", "-Djlp.walk-pause=2ms", "-Djlp.other.program=1")
                .variable("JLP_EVENT", "/e")
                .variable("JLP_PATCH", "/of/minimize");
        try (TargetJvm jvm = start.run()) {
            String said = "not known to the agent, so without effect: 'JLP_EVENT', 'jlp.pathces'";

            JsonObject agent = new ControlClient(jvm).status().getObject("agent");

            assertThat(List.copyOf(agent.getArray("warnings"))).containsExactly(said);
            assertThat(jvm.talk().lines()).containsExactly("jlp: " + said);
        }
    }

    @Test
    void ps_shows_why_an_agent_did_not_start_until_its_jvm_is_gone() {
        try (TargetJvm jvm = shop.startable().agent("no-such-option=1").run()) {
            JsonObject shown = ps(jvm);

            assertThat(shown.getString("agent")).isEqualTo("failed");
            assertThat(shown.getString("note"))
                    .contains("could not start", "unknown agent option 'no-such-option'");
            Exec status = Jlp.run("status", jvm.pid());
            assertThat(status.exit()).isEqualTo(3);
            assertThat(status.err()).contains("unknown agent option 'no-such-option'");
            Path word = new ControlClient(jvm).socket().resolveSibling(jvm.pid() + ".failed");
            assertThat(word).exists();
            jvm.exit();
            assertThat(word).doesNotExist();
        }
    }

    @Test
    void the_word_that_an_earlier_process_of_the_same_number_left_is_not_shown()
            throws IOException {
        try (TargetJvm jvm = shop.startable().run()) {
            Path word = new ControlClient(jvm).socket().resolveSibling(jvm.pid() + ".failed");
            Files.createDirectories(
                    word.getParent(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.writeString(word, "1\nthe agent could not start: old");

            assertThat(ps(jvm).getString("note", "")).isEmpty();
            Files.delete(word);
        }
    }

    @Test
    void ps_shows_an_agent_that_no_command_can_reach() {
        String folder = "/tmp/" + "long".repeat(30);
        try (TargetJvm jvm = shop.startable().agent("control=" + folder).run()) {
            assertThat(ps(jvm).getString("note"))
                    .contains("no command can reach it", "too long for a socket");
        }
    }

    private static JsonObject ps(TargetJvm jvm) {
        return Jlp.json("ps").getArray("jvms").stream()
                .map(JsonObject.class::cast)
                .filter(each -> jvm.pid().equals(String.valueOf(each.get("pid"))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void switched_off_it_leaves_nothing_behind() {
        try (TargetJvm jvm = shop.startable().agent("enabled=false").run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            assertThat(jvm.ask("property jlp.agent")).isEqualTo("null");
            assertThat(jvm.talk()).isEmpty();
        }
    }

    @Test
    void a_full_disk_costs_the_file_of_events_and_nothing_else() {
        try (TargetJvm jvm = shop.startable().agent("events=/dev/full").run()) {
            jvm.ask("call lib.Greeter greet");

            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(Jlp.run("events", jvm.pid()).mustSucceed().out()).contains("patched");
            Awaitility.await("what is printed by a thread of its own")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(jvm.talk()
                                    .lines()
                                    .filter(line -> line.contains("events are no longer written")))
                            .singleElement()
                            .asString()
                            .contains("No space left on device"));
        }
    }
}
