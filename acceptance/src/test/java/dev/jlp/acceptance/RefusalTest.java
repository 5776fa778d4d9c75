package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** What is refused, with which code, and that nothing has changed afterwards. */
@OnEveryJdk
final class RefusalTest {

    private static final String PATCH = Shop.PATCH;
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

    RefusalTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void a_method_with_another_body_is_a_mismatch_that_is_named() {
        Path third = Sources.ofCorpus("shop")
                .replace("VERSION", "third")
                .compile(jdk, Workplace.fresh().resolve("shop.jar"), List.of(), List.of());
        try (TargetJvm jvm = TargetJvm.on(jdk).with(third).agent().testAgent().run()) {
            jvm.ask("call lib.Greeter greet");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), shop.patch().toString())
                    .contains("lib.Greeter.greet", "mismatch");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("third");
            // What other agents would make of the class was asked by a definition that was given
            // up.
            assertThat(jvm.ask("count lib.Greeter")).isEqualTo("1");
        }
    }

    @Test
    void another_patch_of_the_same_name_is_refused_while_the_first_is_active() {
        try (TargetJvm jvm = shop.start()) {
            enable(jvm);

            JsonObject error = Jlp.refused(
                    "load",
                    jvm.pid(),
                    shop.change().patch(PATCH, "--version", "99").toString());

            assertThat(error.getString("code")).isEqualTo("EEXIST");
            assertThat(error.getInt("exit")).isEqualTo(5);
        }
    }

    @Test
    void a_second_transition_is_refused_while_one_runs() {
        Change other = Change.ofVersions(jdk, "other", THING);
        try (TargetJvm jvm = shop.startable().with(other.before()).agent().run()) {
            jvm.ask("call other.Thing name");
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            new ControlClient(jvm).load(shop.patch());

            JsonObject error =
                    Jlp.refused("load", jvm.pid(), other.patch("other-fix").toString());

            assertThat(error.getString("code")).isEqualTo("EBUSY");
            assertThat(error.getInt("exit")).isEqualTo(6);
            assertThat(jvm.ask("call other.Thing name")).isEqualTo("before");
        }
    }

    @Test
    void an_unknown_patch_can_not_be_disabled() {
        try (TargetJvm jvm = shop.start()) {
            assertThat(Jlp.refused("disable", jvm.pid(), "nobody").getString("message"))
                    .contains("nobody");
        }
    }

    @Test
    void a_disabled_patch_can_not_be_disabled_again() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = enable(jvm);
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");

            assertThat(Jlp.refused("disable", jvm.pid(), PATCH).getInt("exit")).isEqualTo(5);
        }
    }

    @Test
    void without_a_transition_nothing_can_be_reversed_or_forced() {
        try (TargetJvm jvm = shop.start()) {
            enable(jvm);

            assertThat(Jlp.refused("reverse", jvm.pid()).getInt("exit")).isEqualTo(5);
            assertThat(Jlp.refused("force", jvm.pid()).getInt("exit")).isEqualTo(5);
        }
    }

    @Test
    void an_active_patch_can_not_be_unloaded() {
        try (TargetJvm jvm = shop.start()) {
            enable(jvm);

            assertThat(Jlp.refused("unload", jvm.pid(), PATCH).getInt("exit")).isEqualTo(5);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_patch_whose_target_is_required_is_refused_where_no_class_of_it_is_loaded() {
        try (TargetJvm jvm = shop.startCold()) {
            JsonObject error =
                    Jlp.refused("load", jvm.pid(), shop.patch().toString(), "--require-target");

            assertThat(error.getString("code")).isEqualTo("ENOENT");
            assertThat(error.getInt("exit")).isEqualTo(4);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void an_unknown_option_or_command_is_a_usage_error() {
        try (TargetJvm jvm = shop.start()) {
            String patch = shop.patch().toString();

            Harmless.refuses(jvm, 2, "load", jvm.pid(), patch, "--no-such-option")
                    .contains("--no-such-option");
            Harmless.refuses(jvm, 2, "status", jvm.pid(), "--no-such-option")
                    .contains("--no-such-option");
            Harmless.refuses(jvm, 2, "no-such-command", jvm.pid()).contains("no such command");
        }
    }

    private ControlClient enable(TargetJvm jvm) {
        ControlClient control = new ControlClient(jvm);
        jvm.ask("call lib.Greeter greet");
        control.load(shop.patch());
        control.awaitState(PATCH, "enabled");
        return control;
    }
}
