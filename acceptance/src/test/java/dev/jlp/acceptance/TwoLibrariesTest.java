package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** One patch of two jars: the one's new code uses what the other's fixed release adds. */
@OnEveryJdk
final class TwoLibrariesTest {

    private static final String PATCH = "both";

    private static final Sources WORDS = Sources.of("words/Word.java", """
            package words;

            public class Word {
                public static Word make() {
                    return new Word();
                }

                public String text() {
                    return "old";
                }
            }
            """);

    private static final Sources FIXED_WORDS =
            WORDS.replace("public String text", """
            public static final java.util.List<String> SAFE = java.util.List.of("safe");

            public static String checked(Word word) {
                return word.text() + " and " + SAFE.get(0);
            }

            public String text""").replace("\"old\"", "\"new\"");

    private static final Sources WORDS_WITH_A_METHOD_MORE =
            WORDS.replace("public String text", """
            public static String checked(Word word) {
                return word.text() + " and safe";
            }

            public String text""");

    private static final Sources WORDS_WITH_SUBCLASS = FIXED_WORDS
            .replace("return new Word();", "Word made = new Clean(); return made;")
            .and("words/Clean.java", """
                    package words;

                    public class Clean extends Word {
                        @Override
                        public String text() {
                            return "clean";
                        }
                    }
                    """);

    private static final Sources USER = Sources.of("user/User.java", """
            package user;

            public final class User {
                public static String ready() {
                    return "ready";
                }

                public static String text() {
                    return words.Word.make().text();
                }
            }
            """);

    private static final Sources FIXED_USER = USER.replace(
            "return words.Word.make().text();",
            "return words.Word.SAFE + \" \" + words.Word.checked(words.Word.make());");

    private final Jdk jdk;

    TwoLibrariesTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void classes_that_are_there_get_both_halves_and_lose_both() {
        Both both = Both.on(jdk, WORDS_WITH_SUBCLASS);
        try (TargetJvm jvm = both.start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.User text")).isEqualTo("old");

            control.load(both.patch());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call user.User text")).isEqualTo("[safe] clean and safe");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call user.User text")).isEqualTo("old");
        }
    }

    @Test
    void the_library_that_uses_may_be_there_before_the_used_one() {
        Both both = Both.on(jdk, WORDS_WITH_SUBCLASS);
        try (TargetJvm jvm = both.start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.User ready")).isEqualTo("ready");

            control.load(both.patch());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call user.User text")).isEqualTo("[safe] clean and safe");
        }
    }

    @Test
    void both_libraries_may_come_after_the_patch() {
        Both both = Both.on(jdk, FIXED_WORDS);
        try (TargetJvm jvm = both.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(both.patch());
            control.awaitState(PATCH, "waiting");

            assertThat(jvm.ask("call user.User text")).isEqualTo("[safe] new and safe");
        }
    }

    @Test
    void the_used_library_may_have_no_class_that_changes() {
        Both both = Both.on(
                jdk,
                WORDS_WITH_A_METHOD_MORE,
                USER.replace("words.Word.make().text()", "words.Word.checked(words.Word.make())"));
        try (TargetJvm jvm = both.start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call user.User text")).isEqualTo("old");

            control.load(both.patch());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call user.User text")).isEqualTo("old and safe");
        }
    }

    @Test
    void an_added_class_may_stand_on_one_that_comes_after_the_patch() {
        Both both = Both.on(jdk, WORDS_WITH_SUBCLASS);
        try (TargetJvm jvm = both.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(both.patch());
            control.awaitState(PATCH, "waiting");

            // They come as they were; a moment later the worker patches them.
            assertThat(jvm.ask("call user.User text")).isIn("old", "[safe] clean and safe");
            await().until(() -> jvm.ask("call user.User text").equals("[safe] clean and safe"));
        }
    }

    private record Both(Jdk jdk, Change words, Change user, Path patch) {

        static Both on(Jdk jdk, Sources fixedWords) {
            return on(jdk, fixedWords, FIXED_USER);
        }

        /** The using one first: that is no order in which its needs are met by chance. */
        static Both on(Jdk jdk, Sources fixedWords, Sources fixedUser) {
            Change words = Change.of(jdk, "words", WORDS, fixedWords);
            Path folder = Workplace.fresh();
            Change user = new Change(
                    USER.compile(
                            jdk, folder.resolve("1/user.jar"), List.of(words.before()), List.of()),
                    fixedUser.compile(
                            jdk, folder.resolve("2/user.jar"), List.of(words.after()), List.of()));
            return new Both(jdk, words, user, Jlp.build(PATCH, List.of(user, words)));
        }

        TargetJvm start() {
            return TargetJvm.on(jdk)
                    .with(user.before())
                    .with(words.before())
                    .agent()
                    .run();
        }
    }
}
