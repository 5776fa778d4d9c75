package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loaders that have the whole fixed release, whose classes have another shape than the bodies of the patch: the
 * patch of a JVM that was restarted with the fixed jar.
 */
@OnEveryJdk
final class FixedReleaseTest {

    private static final Map<Jdk, Made> MADE = new ConcurrentHashMap<>();

    /** The same in both releases; its body is another one where the patch is, since a list lives elsewhere. */
    private static final Sources READER = Sources.of("lib/Reader.java", """
            package lib;

            public final class Reader {
                public static String list() {
                    return String.join(" ", Rules.BLOCKED);
                }
            }
            """);

    private static final Sources BEFORE = READER.and("lib/Rules.java", """
            package lib;

            import java.util.*;

            public final class Rules {
                static final Set<String> BLOCKED = new TreeSet<>(List.of("a"));

                public static String block() {
                    BLOCKED.add("more");
                    return "done";
                }
            }
            """);

    private static final Sources AFTER = READER.and("lib/Rules.java", """
            package lib;

            import java.util.*;

            public final class Rules {
                static final Set<String> BLOCKED = new TreeSet<>(List.of("a", "b"));

                public static String block() {
                    BLOCKED.add(name(new Word("more")));
                    return "done";
                }

                private static String name(Word word) {
                    return word.text;
                }

                static class Word {
                    private final String text;

                    private Word(String text) {
                        this.text = text;
                    }
                }
            }
            """);

    private final Jdk jdk;
    private final Made made;

    private record Made(Change change, Path patch) {

        static Made on(Jdk jdk) {
            Change change = Change.of(jdk, "rules", BEFORE, AFTER);
            return new Made(change, change.patch("rules-fix"));
        }
    }

    FixedReleaseTest(Jdk jdk) {
        this.jdk = jdk;
        made = MADE.computeIfAbsent(jdk, Made::on);
    }

    @ParameterizedTest(name = "lib.{0} first")
    @ValueSource(strings = {"Reader list", "Rules block"})
    void a_loader_with_the_fixed_release_is_left_alone_whichever_class_comes_first(String first) {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent("on-failure=refuse").run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(made.patch());
            control.awaitState("rules-fix", "waiting");

            jvm.ask("plug-in fixed " + made.change().after());
            jvm.ask("call fixed:lib." + first);
            jvm.ask("call fixed:lib.Rules block");
            assertThat(jvm.ask("call fixed:lib.Reader list")).isEqualTo("a b more");
            assertThat(control.events("native")).hasSize(2);
            assertThat(control.events("applying")).isEmpty();
            assertThat(control.events("exposed")).isEmpty();

            jvm.ask("plug-in vulnerable " + made.change().before());
            jvm.ask("call vulnerable:lib." + first);
            jvm.ask("call vulnerable:lib.Rules block");
            assertThat(jvm.ask("call vulnerable:lib.Reader list")).isEqualTo("a b more");
            assertThat(control.events("applying")).hasSize(2);
        }
    }

    @ParameterizedTest(name = "lib.{0} is loaded")
    @ValueSource(strings = {"Reader list", "Rules block"})
    void a_load_finds_the_fixed_release_and_leaves_it_alone(String first) {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent("on-failure=refuse").run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in fixed " + made.change().after());
            jvm.ask("call fixed:lib." + first);

            control.load(made.patch());
            control.awaitState("rules-fix", "enabled");
            jvm.ask("call fixed:lib.Rules block");
            assertThat(jvm.ask("call fixed:lib.Reader list")).isEqualTo("a b more");
            assertThat(control.events("exposed")).isEmpty();
        }
    }

    /** The classes that come are those of the file that was opened; the first one does not tell. */
    @Test
    void a_jar_that_was_replaced_under_the_running_program_does_not_keep_the_hole_open()
            throws Exception {
        Path jar = Workplace.fresh().resolve("rules.jar");
        Files.copy(made.change().before(), jar);
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in lib " + jar + " " + other());
            jvm.ask("call lib:other.Other value"); // the loader has opened its files
            Path fixed = jar.resolveSibling("fixed.jar");
            Files.copy(made.change().after(), fixed);
            Files.move(fixed, jar, StandardCopyOption.ATOMIC_MOVE);
            control.load(made.patch());

            jvm.ask("call lib:lib.Reader list");
            jvm.ask("call lib:lib.Rules block");
            control.await("both are patched", now -> control.events("applying").size() == 2);
            assertThat(jvm.ask("call lib:lib.Reader list")).isEqualTo("a b more");
        }
    }

    private Path other() {
        return Sources.of(
                        "other/Other.java",
                        "package other; public class Other { public static String value() { return \"\"; } }")
                .compile(
                        jdk,
                        Workplace.fresh().resolve("other.jar"),
                        java.util.List.of(),
                        java.util.List.of());
    }
}
