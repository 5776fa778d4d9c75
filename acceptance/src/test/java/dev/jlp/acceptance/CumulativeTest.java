package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A second fixed release whose patch changes classes that the first one's patch has added. */
@OnEveryJdk
final class CumulativeTest {

    private static final Map<Jdk, Made> MADE = new ConcurrentHashMap<>();

    private static final Sources BEFORE = Sources.of("lib/Rules.java", """
            package lib;

            public final class Rules {
                public static String check() {
                    return "open";
                }
            }
            """);

    /** Adds a class with state, which calls a private method that is added, too. */
    private static final Sources FIRST = Sources.of("lib/Rules.java", """
            package lib;

            import java.util.*;

            public final class Rules {
                private static final Filter FILTER = new Filter();

                public static String check() {
                    return FILTER.apply("a") + new Filter().apply("b");
                }

                private static String clean(String text) {
                    return text + 1;
                }

                static class Filter {
                    private static final List<String> SEEN = new ArrayList<>();
                    private int used;

                    String apply(String text) {
                        SEEN.add(text);
                        used++;
                        return clean(text) + " " + SEEN.size() + " " + used + ";";
                    }
                }
            }
            """);

    /** The added class has got a method, a field and a subclass. */
    private static final Sources SECOND = Sources.of("lib/Rules.java", """
            package lib;

            import java.util.*;

            public final class Rules {
                private static final Filter FILTER = new Filter();

                public static String check() {
                    return FILTER.apply("a") + new Strict().apply("b");
                }

                private static String clean(String text) {
                    return text + 2;
                }

                static class Filter {
                    private static final List<String> SEEN = new ArrayList<>();
                    private int used;
                    private int limit = 5;

                    String apply(String text) {
                        SEEN.add(text);
                        used++;
                        return limited(clean(text) + " " + SEEN.size() + " " + used);
                    }

                    private String limited(String text) {
                        return text + "/" + limit + ";";
                    }
                }

                static class Strict extends Filter {
                    @Override
                    String apply(String text) {
                        return "strict " + super.apply(text);
                    }
                }
            }
            """);

    /** The patch of the first fixed release, and those of the second: in its place, and by itself. */
    private record Made(Path original, Path first, Path second, Path alone) {

        static Made on(Jdk jdk) {
            Change one = Change.of(jdk, "rules", BEFORE, FIRST);
            Change two = Change.of(jdk, "rules", BEFORE, SECOND);
            Path first = one.patch("first-fix");
            return new Made(
                    one.before(),
                    first,
                    new Change(one.before(), two.after())
                            .patch("second-fix", "--cumulative", first.toString()),
                    new Change(one.before(), two.after()).patch("alone"));
        }
    }

    private final Jdk jdk;
    private final Made made;

    CumulativeTest(Jdk jdk) {
        this.jdk = jdk;
        made = MADE.computeIfAbsent(jdk, Made::on);
    }

    @Test
    void objects_and_statics_of_an_added_class_live_on_under_the_next_patch() {
        try (TargetJvm jvm = TargetJvm.on(jdk).with(made.original()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(check(jvm)).isEqualTo("open");
            load(control, made.first(), "first-fix");
            assertThat(check(jvm)).isEqualTo("a1 1 1;b1 2 1;");

            load(control, made.second(), "second-fix");
            assertThat(check(jvm)).isEqualTo("a2 3 2/5;strict b2 4 1/5;");

            control.disable("second-fix");
            control.awaitState("second-fix", "disabled");
            assertThat(check(jvm)).isEqualTo("open");
            load(control, made.first(), "first-fix");
            assertThat(check(jvm)).isEqualTo("a1 5 3;b1 6 1;");
        }
    }

    @Test
    void where_the_earlier_patch_never_was_it_brings_what_that_had_added() {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in there " + made.original());
            assertThat(jvm.ask("call there:lib.Rules check")).isEqualTo("open");
            load(control, made.second(), "second-fix");
            assertThat(jvm.ask("call there:lib.Rules check"))
                    .isEqualTo("a2 1 1/5;strict b2 2 1/5;");

            jvm.ask("plug-in late " + made.original());
            assertThat(jvm.ask("call late:lib.Rules check")).isEqualTo("a2 1 1/5;strict b2 2 1/5;");
        }
    }

    @Test
    void a_library_that_comes_while_the_one_replaces_the_other_has_both() {
        try (TargetJvm jvm = TargetJvm.on(jdk).with(made.original()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            check(jvm);
            load(control, made.first(), "first-fix");
            control.load(made.second());
            jvm.ask("plug-in late " + made.original());
            assertThat(jvm.ask("call late:lib.Rules check"))
                    .isIn("a1 1 1;b1 2 1;", "a2 1 1/5;strict b2 2 1/5;");
            control.awaitState("second-fix", "enabled");
            assertThat(jvm.ask("call late:lib.Rules check")).isEqualTo("a2 3 2/5;strict b2 4 1/5;");
        }
    }

    @Test
    void one_that_does_not_know_the_earlier_patch_is_refused_with_a_way_out() {
        try (TargetJvm jvm = TargetJvm.on(jdk).with(made.original()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            check(jvm);
            load(control, made.first(), "first-fix");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), made.alone().toString())
                    .contains("'lib.Rules$Filter' is there already", "--cumulative");
            assertThat(check(jvm)).isEqualTo("a1 1 1;b1 2 1;");
        }
    }

    private static String check(TargetJvm jvm) {
        return jvm.ask("call lib.Rules check");
    }

    private static void load(ControlClient control, Path patch, String name) {
        control.load(patch);
        control.awaitState(name, "enabled");
    }
}
