package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Loaders that have the fix by themselves, beside others that have it from the patch. */
@OnEveryJdk
final class NativeTest {

    private static final Map<Jdk, Made> MADE = new ConcurrentHashMap<>();

    private static final Sources PAIR = Sources.of("lib/Pair.java", """
            package lib;

            public final class Pair {
                FIELD

                public static String one() {
                    return "VERSION";
                }

                public static String two() {
                    java.util.function.Supplier<String> two = () -> SECOND;
                    return two.get();
                }

                public static String both() {
                    return one() + " " + two();
                }
            }
            """);

    /** A fix of both methods, a cumulative one that has given up the second, and another one of both. */
    private record Made(Change change, Path both, Path first, Path later) {

        static Made on(Jdk jdk) {
            Change change = Change.of(
                    jdk, "pair", pair("before", "\"before\"", ""), pair("after", "\"after\"", ""));
            Change later = new Change(
                    change.before(),
                    pair("later", "\"later\"", "")
                            .compile(
                                    jdk,
                                    Workplace.fresh().resolve("pair.jar"),
                                    List.of(),
                                    List.of()));
            return new Made(
                    change,
                    change.patch("both-fix", "--replace-set", "pair"),
                    change.patch(
                            "first-fix",
                            "--replace-set",
                            "pair",
                            "--version",
                            "2",
                            "--include",
                            "lib.Pair.one"),
                    later.patch("later-fix", "--replace-set", "pair", "--version", "2"));
        }
    }

    private final Jdk jdk;
    private final Made made;

    NativeTest(Jdk jdk) {
        this.jdk = jdk;
        made = MADE.computeIfAbsent(jdk, Made::on);
    }

    @Test
    void with_revert_a_disable_ends_alike_wherever_the_fix_came_from() {
        try (TargetJvm jvm = start("native=revert")) {
            ControlClient control = new ControlClient(jvm);
            load(control, made.both(), "both-fix");
            assertEverywhere(jvm, "after after");

            Harmless.refuses(jvm, 5, "disable", jvm.pid(), "both-fix")
                    .contains("lib.Pair.one", "in loader 'fixed'", "--allow-downgrade")
                    .doesNotContain("vulnerable");
            assertEverywhere(jvm, "after after");
            Jlp.run("disable", jvm.pid(), "both-fix", "--allow-downgrade").mustSucceed();
            assertEverywhere(jvm, "before before");

            load(control, made.both(), "both-fix");
            assertEverywhere(jvm, "after after");
        }
    }

    @Test
    void with_revert_a_partial_cumulative_patch_ends_alike_everywhere() {
        try (TargetJvm jvm = start("native=revert")) {
            ControlClient control = new ControlClient(jvm);
            load(control, made.both(), "both-fix");

            Harmless.refuses(jvm, 5, "load", jvm.pid(), made.first().toString(), "--allow-drop")
                    .contains("lib.Pair.two", "in loader 'fixed'", "--allow-downgrade");
            assertThat(Jlp.run("doctor", jvm.pid(), made.first().toString()).out())
                    .contains("'lib.Pair.two()Ljava/lang/String;' in loader 'fixed'");
            load(control, made.first(), "first-fix", "allow-drop", "allow-downgrade");
            assertEverywhere(jvm, "after before");

            load(control, made.both(), "both-fix", "allow-downgrade");
            assertEverywhere(jvm, "after after");
        }
    }

    /** What was put back in vain would come into force where a later patch does not fit. */
    @Test
    void with_revert_a_disable_that_can_not_be_armed_leaves_the_fix_that_is_there() {
        try (TargetJvm jvm = plugged(TargetJvm.on(jdk).faultyAgent("native=revert"))) {
            ControlClient control = new ControlClient(jvm);
            load(control, made.both(), "both-fix");
            jvm.ask("set fault.redefinitions 1");

            Exec disable = Jlp.run("disable", jvm.pid(), "both-fix", "--allow-downgrade");

            assertThat(disable.exit()).isEqualTo(1);
            assertThat(control.events("reverting")).hasSize(1);
            assertEverywhere(jvm, "after after");
            load(control, made.later(), "later-fix", "allow-mismatch");
            assertThat(jvm.ask("call vulnerable:lib.Pair both")).isEqualTo("later later");
            assertThat(jvm.ask("call fixed:lib.Pair both")).isEqualTo("after after");
        }
    }

    @Test
    void by_default_a_fix_that_is_there_by_itself_stays() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            load(control, made.both(), "both-fix");

            Jlp.run("disable", jvm.pid(), "both-fix").mustSucceed();

            assertThat(jvm.ask("call vulnerable:lib.Pair both")).isEqualTo("before before");
            assertThat(jvm.ask("call fixed:lib.Pair both")).isEqualTo("after after");
        }
    }

    @Test
    void with_revert_a_body_that_does_not_link_there_is_not_put_back() {
        Change change = Change.of(
                jdk,
                "pair",
                pair("before", "old == null ? \"before\" : old", "private static String old;"),
                pair("after", "\"after\"", ""));
        try (TargetJvm jvm = TargetJvm.on(jdk).agent("native=revert").run()) {
            ControlClient control = new ControlClient(jvm);
            plugIn(jvm, "fixed", change.after());
            load(control, change.patch("both-fix"), "both-fix");

            Jlp.run("disable", jvm.pid(), "both-fix", "--allow-downgrade").mustSucceed();

            assertThat(jvm.ask("call fixed:lib.Pair both")).isEqualTo("after after");
            assertThat(control.events("native"))
                    .last()
                    .satisfies(event -> assertThat(event.getString("detail"))
                            .contains("keeps the fix", "would miss lib.Pair.old"));
        }
    }

    private TargetJvm start(String... keys) {
        return plugged(TargetJvm.on(jdk).agent(keys));
    }

    private TargetJvm plugged(TargetJvm.Start start) {
        TargetJvm jvm = start.run();
        plugIn(jvm, "vulnerable", made.change().before());
        plugIn(jvm, "fixed", made.change().after());
        return jvm;
    }

    private static void plugIn(TargetJvm jvm, String name, Path jar) {
        jvm.ask("plug-in " + name + " " + jar);
        jvm.ask("call " + name + ":lib.Pair both");
    }

    private static void load(ControlClient control, Path patch, String name, String... allowed) {
        JsonObject arguments = new JsonObject();
        for (String each : allowed) {
            arguments.put(each, true);
        }
        control.load(patch, arguments);
        control.awaitState(name, "enabled");
    }

    private static void assertEverywhere(TargetJvm jvm, String expected) {
        assertThat(jvm.ask("call vulnerable:lib.Pair both")).isEqualTo(expected);
        assertThat(jvm.ask("call fixed:lib.Pair both")).isEqualTo(expected);
    }

    private static Sources pair(String version, String second, String field) {
        return PAIR.replace("VERSION", version).replace("SECOND", second).replace("FIELD", field);
    }
}
