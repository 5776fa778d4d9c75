package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What no patch changes any more is the original to the last byte, and costs what it cost. */
@OnEveryJdk
final class AtRestTest {

    private static final Sources THING = Sources.of("other/Thing.java", """
            package other;

            public final class Thing {
                public static String name() {
                    return "VERSION";
                }
            }
            """);

    private final Jdk jdk;
    private final Shop shop;

    AtRestTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void a_disabled_patch_leaves_the_class_file_that_was_there() {
        try (TargetJvm jvm = shop.startable().agent().testAgent().run()) {
            ControlClient control = new ControlClient(jvm);
            String original = patched(jvm, control);

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");

            assertThat(jvm.ask("seen lib.Greeter")).isEqualTo(original);
        }
    }

    @Test
    void a_patch_that_takes_another_s_place_leaves_no_trace_in_what_it_drops() {
        Change other = Change.ofVersions(jdk, "other", THING);
        try (TargetJvm jvm =
                shop.startable().with(other.before()).agent().testAgent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call other.Thing name");
            String original = patched(jvm, control);

            control.load(other.patch("other-fix", "--replace", "all", "--supersedes", Shop.PATCH));
            control.awaitState("other-fix", "enabled");

            assertThat(jvm.ask("seen lib.Greeter")).isEqualTo(original);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(jvm.ask("call other.Thing name")).isEqualTo("after");
        }
    }

    /** Loads the shop's patch; what the class was before. */
    private String patched(TargetJvm jvm, ControlClient control) {
        jvm.ask("call lib.Greeter greet");
        String original = jvm.ask("seen lib.Greeter");
        control.load(shop.patch());
        control.awaitState(Shop.PATCH, "enabled");
        assertThat(jvm.ask("seen lib.Greeter")).isNotEqualTo(original);
        return original;
    }
}
