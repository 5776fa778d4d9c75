package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** Loaders of the program that break when they are asked for what a new body needs. */
@OnEveryJdk
final class UnwillingLoaderTest {

    private static final Sources PARTS = Sources.of(
                    "part/Base.java", "package part; public class Base {}")
            .and("part/Special.java", "package part; public class Special extends Base {}");

    private static final Sources USER = Sources.of("user/User.java", """
            package user;

            public final class User {
                public static String name() {
                    return accept(new part.Base());
                }

                private static String accept(part.Base any) {
                    return "VERSION";
                }
            }
            """);

    private final Jdk jdk;

    UnwillingLoaderTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest(name = "a loader that is {0}")
    @ValueSource(strings = {"unwilling", "unreadable"})
    void a_loader_that_throws_refuses_the_patch_and_nothing_else(String loader) {
        Path folder = Workplace.fresh();
        Path parts = PARTS.compile(jdk, folder.resolve("parts.jar"), List.of(), List.of());
        Sources fixed = USER.replace("new part.Base()", "new part.Special()");
        Change change = new Change(
                USER.compile(jdk, folder.resolve("1/user.jar"), List.of(parts), List.of()),
                fixed.compile(jdk, folder.resolve("2/user.jar"), List.of(parts), List.of()));
        Path patch = change.patch("user-fix", "--classpath", parts.toString());
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask(loader + " other " + change.before() + " " + parts);
            jvm.ask("call other:user.User name");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), patch.toString())
                    .contains("user.User.name", "unlinkable");

            assertThat(jvm.ask("call other:user.User name")).isEqualTo("VERSION");
        }
    }
}
