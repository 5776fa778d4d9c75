package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** A library that was copied into another jar, its packages renamed: as somebody released it. */
@OnEveryJdk
final class RelocationTest {

    private static final String MOVED = "io.prometheus.jmx.shaded.org.yaml";

    private static final Sources USER = Sources.of("user/Nested.java", """
            package user;

            import io.prometheus.jmx.shaded.org.yaml.snakeyaml.Yaml;

            public final class Nested {
                private static final Yaml OLD = new Yaml();

                public static String read() {
                    try {
                        OLD.load("[".repeat(300) + "]".repeat(300));
                        return "read";
                    } catch (RuntimeException refused) {
                        return refused.getMessage();
                    }
                }
            }
            """);

    private final Jdk jdk;

    RelocationTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_shaded_copy_gets_the_fix_of_the_library_and_loses_it_again() {
        Path shaded = Shipped.library("shaded");
        Path user = USER.compile(
                jdk, Workplace.fresh().resolve("user.jar"), List.of(shaded), List.of());
        Path patch = yaml().patch("yaml-fix", "--relocate", "org.yaml=" + MOVED);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(user).with(shaded).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");

            control.load(patch);
            control.awaitState("yaml-fix", "enabled");
            assertThat(jvm.ask("call user.Nested read")).isEqualTo("Nesting Depth exceeded max 50");
            assertThat(JsonWriter.string(control.status())).contains("snakeyaml@" + MOVED);

            control.disable("yaml-fix");
            control.awaitState("yaml-fix", "disabled");
            assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");
        }
    }

    /** Nobody has to know of it: the load says where else the library is, and what to build for it. */
    @Test
    void a_copy_that_a_patch_does_not_reach_is_named_with_what_to_do() {
        Path shaded = Shipped.library("shaded");
        Path user = USER.compile(
                jdk, Workplace.fresh().resolve("user.jar"), List.of(shaded), List.of());
        Path patch = yaml().patch("yaml-fix");
        try (TargetJvm jvm = TargetJvm.on(jdk).with(user).with(shaded).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");

            String warnings = JsonWriter.string(control.load(patch).getArray("warnings"));

            assertThat(warnings)
                    .contains("a copy of 'snakeyaml' is in package '" + MOVED)
                    .contains("--relocate org.yaml.snakeyaml=" + MOVED + ".snakeyaml");
            control.load(yaml().patch("copy-fix", "--relocate", "org.yaml=" + MOVED));
            control.awaitState("copy-fix", "enabled");
            control.disable("yaml-fix");
            control.awaitState("yaml-fix", "disabled");
            control.unload("yaml-fix");
            assertThat(JsonWriter.string(control.load(patch).getArray("warnings")))
                    .doesNotContain("a copy of");
        }
    }

    @Test
    void a_package_that_the_library_does_not_have_is_said() {
        Change yaml = yaml();
        Harmless.fails(
                        1,
                        "build",
                        "--original",
                        yaml.before().toString(),
                        "--fixed",
                        yaml.after().toString(),
                        "--relocate",
                        "org.jaml=" + MOVED)
                .contains("no class in 'org.jaml'");
    }

    private static Change yaml() {
        return new Change(Shipped.library("snakeyaml-1.29"), Shipped.library("snakeyaml-1.31"));
    }
}
