package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Redefinitions that end in an error which is no answer of the JVM's: undone like a refused one. */
@OnEveryJdk
final class FaultTest {

    private static final String PATCH = Shop.PATCH;

    private final Shop shop;

    FaultTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_load_that_can_not_be_armed_leaves_the_jvm_as_it_was() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            fault(jvm, 1);

            assertThatThrownBy(() -> control.load(shop.patch()))
                    .hasMessageContaining("EIO (1)")
                    .hasMessageContaining("StackOverflowError: as told");

            assertThat(ControlClient.stateOf(control.status(), PATCH)).isEqualTo("none");
            assertThat(control.status().getObject("transition")).isNull();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("before and before");
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_disable_that_can_not_be_armed_leaves_the_patch_enabled() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            fault(jvm, 1);

            assertThatThrownBy(() -> control.disable(PATCH)).hasMessageContaining("EIO (1)");

            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void a_transition_that_can_not_be_finalised_stays_armed_and_is_tried_again() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            fault(jvm, 1);

            jvm.ask("open hold");

            control.awaitState(PATCH, "enabled");
            assertThat(control.events("completing-patch")).hasSize(2);
            assertThat(control.events("patched")).hasSize(1);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    private TargetJvm start() {
        TargetJvm jvm = shop.startable().faultyAgent().run();
        jvm.ask("call lib.Greeter greet");
        return jvm;
    }

    private static void fault(TargetJvm jvm, int times) {
        jvm.ask("set fault.redefinitions " + times);
    }
}
