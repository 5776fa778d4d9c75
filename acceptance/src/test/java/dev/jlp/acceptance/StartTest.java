package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** An agent that can't start says why, and the program runs as without it. */
@OnEveryJdk
final class StartTest {

    private final Shop shop;

    StartTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_module_that_the_agent_needs_and_that_is_not_there_is_named() {
        TargetJvm.Start trimmed = shop.startable()
                .agent()
                .option("--limit-modules=java.base,java.instrument,java.management");
        try (TargetJvm jvm = trimmed.run()) {
            assertThat(jvm.ask("property jlp.agent"))
                    .startsWith("failed: ")
                    .contains("'--add-modules jdk.management,jdk.net'");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void the_modules_that_it_asks_for_suffice() {
        TargetJvm.Start trimmed = shop.startable()
                .agent()
                .option("--limit-modules=java.base,java.instrument,jdk.management,jdk.net");
        try (TargetJvm jvm = trimmed.run()) {
            jvm.ask("call lib.Greeter greet");

            new ControlClient(jvm).load(shop.patch());

            new ControlClient(jvm).awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void nothing_is_left_to_be_set_up_in_the_first_entry_where_it_may_not_be_allowed() {
        assumeTrue(shop.jdk().feature() < 24, "no security managers on " + shop.jdk());
        TargetJvm.Start guarded = shop.startable().agent().option("-Djava.security.manager=allow");
        try (TargetJvm jvm = guarded.run()) {
            jvm.ask("call lib.Greeter greet");
            jvm.ask("mistrust");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");

            new ControlClient(jvm).load(shop.patch());

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }
}
