package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A loader that was closed reads no file any more, and its classes go on for as long as somebody uses them. */
@OnEveryJdk
final class LeavingLoaderTest {

    private static final Sources USER =
            Sources.of("user/User.java", """
            package user;

            public final class User {
                public static String name() {
                    return Part.of("VERSION");
                }

                public static String stay() {
                    dev.jlp.acceptance.programs.Gate.pass("stay");
                    return name();
                }
            }
            """).and("user/Part.java", """
            package user;

            final class Part {
                static String of(String version) {
                    return "part of " + version;
                }
            }
            """);

    private final Jdk jdk;

    LeavingLoaderTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void what_a_new_body_names_is_there_if_it_is_loaded_though_its_loader_is_closed() {
        Change change = Change.ofVersions(jdk, "user", USER);
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask("loader leaving " + change.before());
            assertThat(jvm.ask("call leaving:user.User name")).isEqualTo("part of before");
            jvm.enter("guest", "leaving:user.User", "stay", "stay");
            jvm.ask("drop leaving");

            ControlClient control = new ControlClient(jvm);
            control.load(change.patch("user-fix"));
            control.awaitState("user-fix", "enabled");

            jvm.ask("open stay");
            assertThat(jvm.ask("join guest")).isEqualTo("part of after");
        }
    }
}
