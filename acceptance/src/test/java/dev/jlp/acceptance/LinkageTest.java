package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** A new body that fits into one loader and not into another: nothing is patched in either. */
@OnEveryJdk
final class LinkageTest {

    private static final String PATCH = "user-fix";

    private static final Sources PARTS =
            Sources.of("part/Base.java", """
                    package part;

                    public class Base {
                        public static String plain() {
                            return "plain";
                        }
                        // MORE
                    }
                    """).and("part/Special.java", """
                    package part;

                    public class Special extends Base {}
                    """);

    private static final Sources USER = Sources.of("user/User.java", """
            package user;

            public final class User {
                public static String name() {
                    return accept(new part.Base());
                }

                private static String accept(part.Base any) {
                    return part.Base.plain();
                }
            }
            """);

    private final Jdk jdk;

    LinkageTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_member_that_one_of_two_loaders_lacks_refuses_the_patch_for_both() {
        Sources newer =
                PARTS.replace("// MORE", "public static String better() { return \"better\"; }");
        refused(
                newer,
                PARTS,
                USER.replace("part.Base.plain()", "part.Base.better()"),
                "part.Base.better");
    }

    @Test
    void a_body_that_does_not_verify_in_one_of_two_loaders_refuses_the_patch_for_both() {
        refused(
                PARTS,
                PARTS.replace("extends Base ", ""),
                USER.replace("new part.Base()", "new part.Special()"),
                "VerifyError");
    }

    private void refused(Sources full, Sources poor, Sources fixed, String reason) {
        Path folder = Workplace.fresh();
        Path fullJar = full.compile(jdk, folder.resolve("full.jar"), List.of(), List.of());
        Path poorJar = poor.compile(jdk, folder.resolve("poor.jar"), List.of(), List.of());
        Change change = new Change(
                USER.compile(jdk, folder.resolve("1/user.jar"), List.of(fullJar), List.of()),
                fixed.compile(jdk, folder.resolve("2/user.jar"), List.of(fullJar), List.of()));
        Path patch = change.patch(PATCH, "--classpath", fullJar.toString());
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask("loader full " + change.before() + " " + fullJar);
            jvm.ask("loader poor " + change.before() + " " + poorJar);
            assertThat(jvm.ask("call full:user.User name")).isEqualTo("plain");
            assertThat(jvm.ask("call poor:user.User name")).isEqualTo("plain");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), patch.toString())
                    .contains("user.User", "unlinkable", reason);

            assertThat(jvm.ask("call full:user.User name")).isEqualTo("plain");
            assertThat(jvm.ask("call poor:user.User name")).isEqualTo("plain");
        }
    }
}
