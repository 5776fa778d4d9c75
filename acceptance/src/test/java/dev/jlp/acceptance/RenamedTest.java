package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A library under other names, as ProGuard gives them: the patch of the plain one is not for it. */
@OnEveryJdk
final class RenamedTest {

    private static final Change YAML =
            new Change(Shipped.library("snakeyaml-1.29"), Shipped.library("snakeyaml-1.31"));

    private static final Sources USER = Sources.of("user/Nested.java", """
            package user;

            import org.yaml.snakeyaml.Yaml;

            public final class Nested {
                public static String read() {
                    try {
                        new Yaml().load("[".repeat(300) + "]".repeat(300));
                        return "read";
                    } catch (RuntimeException refused) {
                        return refused.getMessage();
                    }
                }
            }
            """);

    private static final Sources GREETER = Sources.of("lib/Greeter.java", """
            package lib;

            public final class Greeter {
                public static String greet() {
                    return GREETING;
                }

                public static String other() {
                    return "after";
                }
            }
            """);

    private final Jdk jdk;

    RenamedTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void members_with_other_names_are_a_mismatch() {
        Path patch = YAML.patch("yaml-fix");
        try (TargetJvm jvm = running(Renamed.Names.OF_MEMBERS)) {
            Harmless.refuses(jvm, 4, "load", jvm.pid(), patch.toString())
                    .contains("org.yaml.snakeyaml.", "mismatch");

            assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");
        }
    }

    @Test
    void classes_with_other_names_are_not_there() {
        Path patch = YAML.patch("yaml-fix");
        try (TargetJvm jvm = running(Renamed.Names.OF_CLASSES)) {
            JsonObject refused =
                    Jlp.refused("load", jvm.pid(), patch.toString(), "--require-target");
            assertThat(refused.getString("code")).isEqualTo("ENOENT");
            assertThat(refused.getInt("exit")).isEqualTo(4);

            assertThat(Jlp.run("load", jvm.pid(), patch.toString())
                            .mustSucceed()
                            .out())
                    .contains("waiting: no class of its targets is there, so it changes nothing");
            assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");
        }
    }

    /** The changed method kept its name and body, but not what its new body calls. */
    @Test
    void a_member_with_another_name_is_missed_by_a_new_body() {
        Change change = Change.of(
                jdk,
                "greeter",
                GREETER.replace("GREETING", "\"before\""),
                GREETER.replace("GREETING", "other()"));
        Path renamed = Renamed.jar(
                change.before(),
                Workplace.fresh().resolve("greeter.jar"),
                Renamed.Names.OF_MEMBERS,
                "greet");
        try (TargetJvm jvm = TargetJvm.on(jdk).with(renamed).agent().run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            Harmless.refuses(
                            jvm,
                            4,
                            "load",
                            jvm.pid(),
                            change.patch("greeter-fix").toString())
                    .contains("lib.Greeter", "unlinkable", "other");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void no_patch_is_built_between_other_names() {
        notBuilt(
                Renamed.Names.OF_MEMBERS,
                "fields and methods have a counterpart of their name: these are not two releases of"
                        + " one artifact, or they are obfuscated with other names");
        notBuilt(
                Renamed.Names.OF_CLASSES,
                "have no class in common: they are not two releases of one artifact, or they are"
                        + " obfuscated with other names");
    }

    private static void notBuilt(Renamed.Names given, String sentence) {
        Path folder = Workplace.fresh();
        Path renamed = Renamed.jar(YAML.before(), folder.resolve("snakeyaml-1.29.jar"), given);
        Path patch = folder.resolve("none.jlp");

        Harmless.fails(
                        1,
                        "build",
                        "--original",
                        renamed.toString(),
                        "--fixed",
                        YAML.after().toString(),
                        "-o",
                        patch.toString())
                .contains(sentence);

        assertThat(patch).doesNotExist();
    }

    /** The library and who uses it, renamed together. */
    private TargetJvm running(Renamed.Names given) {
        Path folder = Workplace.fresh();
        Map<String, byte[]> classes = new TreeMap<>(Jars.classes(YAML.before()));
        classes.putAll(Jars.classes(
                USER.compile(jdk, folder.resolve("user.jar"), List.of(YAML.before()), List.of())));
        Path renamed = Renamed.jar(
                Jars.write(folder.resolve("plain.jar"), classes),
                folder.resolve("renamed.jar"),
                given,
                "user/Nested",
                "read");
        TargetJvm jvm = TargetJvm.on(jdk).with(renamed).agent().run();
        assertThat(jvm.ask("call user.Nested read")).isEqualTo("read");
        return jvm;
    }
}
