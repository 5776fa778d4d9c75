package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
            List<String> said = jvm.talk()
                    .lines()
                    .filter(line -> line.contains("events are no longer written"))
                    .toList();
            assertThat(said).singleElement().asString().contains("No space left on device");
            assertThat(Jlp.run("events", jvm.pid()).mustSucceed().out()).contains("patched");
        }
    }
}
