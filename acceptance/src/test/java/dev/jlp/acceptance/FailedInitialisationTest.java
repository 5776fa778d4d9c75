package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** Classes that the JVM does not redefine: their static initialiser failed, or they can't be linked. */
@OnEveryJdk
final class FailedInitialisationTest {

    private static final Sources LIBRARY =
            Sources.of("lib/Sound.java", """
                    package lib;

                    public final class Sound {
                        public static String name() {
                            return "VERSION";
                        }
                    }
                    """).and("lib/Broken.java", """
                    package lib;

                    public final class Broken {
                        static final int LIMIT = Integer.parseInt("no number");

                        public static String name() {
                            return "VERSION " + LIMIT;
                        }
                    }
                    """);

    private final Jdk jdk;

    FailedInitialisationTest(Jdk jdk) {
        this.jdk = jdk;
    }

    private Change change() {
        return Change.of(jdk, "library", LIBRARY, LIBRARY.replace("VERSION", "FIXED"));
    }

    @Test
    void a_class_that_failed_before_is_named_and_nothing_is_changed() {
        Change change = change();
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask("plug-in lib " + change.before());
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
            assertThat(jvm.fails("call lib:lib.Broken name"))
                    .contains("ExceptionInInitializerError");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), change.patch("fix").toString())
                    .contains("lib.Broken", "static initialiser failed");

            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
        }
    }

    @Test
    void a_patched_class_that_fails_later_does_not_hold_up_what_is_done_to_the_others() {
        Change change = change();
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(change.patch("fix"));
            jvm.ask("plug-in lib " + change.before());
            assertThat(jvm.fails("call lib:lib.Broken name"))
                    .contains("ExceptionInInitializerError");
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("FIXED");

            control.disable("fix");
            control.awaitState("fix", "disabled");

            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
            assertThat(JsonWriter.string(control.status()))
                    .contains("lib.Broken", "its static initialiser failed");
        }
    }

    /** Its verification asks for a class that is not there. */
    @Test
    void a_class_that_can_not_be_linked_is_named_and_nothing_is_changed() {
        Path missing = missing();
        Change change = lacking(missing);
        Path patch = change.patch("fix", "--classpath", missing.toString());
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask("plug-in lib " + change.before());
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
            assertThat(jvm.fails("call lib:lib.Lacking name")).contains("absent");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), patch.toString())
                    .contains("lib.Lacking", "can't be linked");

            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
        }
    }

    /** It may still be linked, and would then run what it was defined with. */
    @Test
    void a_patched_class_that_can_not_be_linked_is_named_and_holds_up_a_disable() {
        Path missing = missing();
        Change change = lacking(missing);
        Path late = Workplace.fresh();
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(change.patch("fix", "--classpath", missing.toString()));
            jvm.ask("plug-in lib " + change.before() + " " + late);
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("FIXED");
            assertThat(jvm.fails("call lib:lib.Lacking name")).contains("absent");

            control.await(
                    "the agent has met the class",
                    status -> JsonWriter.string(status.getObject("agent"))
                            .contains("'lib.Lacking' can't be redefined"));
            Harmless.refuses(jvm, 1, "disable", jvm.pid(), "fix")
                    .contains("class lib.Lacking in loader 'lib'", "what its linking needs")
                    .doesNotContain("Problem:");
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("FIXED");

            Jars.unpack(missing, late);
            control.disable("fix");
            control.awaitState("fix", "disabled");
            assertThat(jvm.ask("call lib:lib.Sound name")).isEqualTo("VERSION");
            assertThat(jvm.ask("call lib:lib.Lacking name")).isEqualTo("VERSION");
        }
    }

    private Path missing() {
        return Sources.of("absent/Absent.java", """
                        package absent;

                        public class Absent implements Runnable {
                            public void run() {}
                        }
                        """)
                .and(
                        "absent/Refused.java",
                        "package absent; public class Refused extends Exception {}")
                .compile(jdk, Workplace.fresh().resolve("absent.jar"), List.of(), List.of());
    }

    private Change lacking(Path missing) {
        Sources lacking = LIBRARY.and("lib/Lacking.java", """
                package lib;

                public final class Lacking {
                    static Thread thread() {
                        return new Thread(new absent.Absent());
                    }

                    static Exception refused() {
                        return new absent.Refused();
                    }

                    public static String name() {
                        return "VERSION";
                    }
                }
                """);
        return new Change(
                lacking.compile(
                        jdk, Workplace.fresh().resolve("library.jar"), List.of(missing), List.of()),
                lacking.replace("VERSION", "FIXED")
                        .compile(
                                jdk,
                                Workplace.fresh().resolve("fixed.jar"),
                                List.of(missing),
                                List.of()));
    }
}
