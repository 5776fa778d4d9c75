package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** An agent that comes into a running JVM: what it costs there is said, once, and only there. */
@OnEveryJdk
final class LateAttachTest {

    private static final String NOTE = "attached late";

    private final Jdk jdk;
    private final Shop shop;

    LateAttachTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    /** Such a JVM throws all its compiled code away at the first redefinition. */
    @Test
    void on_17_the_command_that_attaches_says_what_it_costs_and_the_next_does_not() {
        try (TargetJvm jvm = shop.startable().run()) {
            Exec first = Jlp.run("doctor", jvm.pid()).mustSucceed();
            Exec second = Jlp.run("status", jvm.pid()).mustSucceed();

            assertThat(first.err().contains(NOTE)).isEqualTo(jdk.feature() == 17);
            assertThat(second.err()).doesNotContain(NOTE);
        }
    }

    @Test
    void on_17_the_answer_to_the_load_says_it_too() {
        try (TargetJvm jvm = shop.startable().run()) {
            JsonObject loaded = Jlp.json("load", jvm.pid(), shop.patch().toString());

            assertThat(loaded.getArray("warnings").toString().contains(NOTE))
                    .isEqualTo(jdk.feature() == 17);
        }
    }

    @Test
    void an_agent_from_the_start_costs_nothing_of_the_kind() {
        try (TargetJvm jvm = shop.start()) {
            Exec loaded = Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();

            assertThat(loaded.out() + loaded.err()).doesNotContain(NOTE);
        }
    }
}
