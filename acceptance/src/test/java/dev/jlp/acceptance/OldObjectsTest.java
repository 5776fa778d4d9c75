package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/** What a class can't get by a redefinition, for objects, threads and loaders older than the patch. */
@OnEveryJdk
final class OldObjectsTest {

    private static final String PATCH = "carts";

    private static final Sources BEFORE = Sources.of("lib/Cart.java", """
            package lib;

            public class Cart {
                private static final Cart OLD = new Cart("old");
                private static final Cart BIG = new Big();

                private final String name;

                Cart(String name) {
                    this.name = name;
                }

                public static String old() {
                    return OLD.show();
                }

                public static String big() {
                    return BIG.show();
                }

                public static String fresh() {
                    return new Cart("new").show();
                }

                public static String trace() {
                    return "none";
                }

                public static String same() {
                    return OLD.price().equals(OLD.price()) ? "same" : "mixed";
                }

                String show() {
                    return name + " " + price();
                }

                String price() {
                    return "1";
                }
            }

            class Big extends Cart {
                Big() {
                    super("big");
                }
            }
            """);

    private static final Sources AFTER = Sources.of("lib/Cart.java", """
            package lib;

            import java.util.ArrayList;
            import java.util.List;

            public class Cart {
                private static final Cart OLD = new Cart("old");
                private static final Cart BIG = new Big();
                private static final List<String> SEEN = new ArrayList<>();
                private static int limit = 5;

                private final String name;
                private final List<String> log = new ArrayList<>();
                private int shown = 40;

                Cart(String name) {
                    this.name = name;
                }

                private Cart(String name, int shown) {
                    this(name);
                    this.shown = shown;
                }

                public static String old() {
                    return OLD.show();
                }

                public static String big() {
                    return BIG.show();
                }

                public static String fresh() {
                    return new Cart("new", 70).show() + describe(new Special());
                }

                private static String describe(Cart cart) {
                    return " and " + cart.show();
                }

                public static String trace() {
                    try {
                        OLD.fail();
                        return "none";
                    } catch (IllegalStateException e) {
                        return e.getStackTrace()[0].toString();
                    }
                }

                public static String same() {
                    return OLD.price().equals(OLD.price()) ? "same" : "mixed";
                }

                private void fail() {
                    throw new IllegalStateException();
                }

                String show() {
                    log.add("shown");
                    SEEN.add(name);
                    shown++;
                    limit++;
                    return name + " " + price() + " " + shown + " " + log.size() + " " + SEEN.size()
                            + " " + limit + suffix();
                }

                String suffix() {
                    return "";
                }

                String price() {
                    return "2";
                }
            }

            class Big extends Cart {
                Big() {
                    super("big");
                }

                @Override
                String price() {
                    return "much, not " + super.price();
                }

                @Override
                String suffix() {
                    return " big" + super.suffix();
                }
            }

            class Special extends Cart {
                Special() {
                    super("special");
                }

                @Override
                String suffix() {
                    return " special";
                }
            }
            """);

    private final Jdk jdk;

    OldObjectsTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void old_objects_get_what_the_fixed_release_adds_and_keep_it_for_the_next_load() {
        Change change = Change.of(jdk, "cart", BEFORE, AFTER);
        Path patch = change.patch(PATCH);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Cart old")).isEqualTo("old 1");
            jvm.ask("hammer calls lib.Cart same");
            load(control, patch);

            assertThat(jvm.ask("call lib.Cart old")).isEqualTo("old 2 41 1 1 6");
            assertThat(jvm.ask("call lib.Cart big")).isEqualTo("big much, not 2 41 1 2 7 big");
            assertThat(jvm.ask("call lib.Cart fresh"))
                    .isEqualTo("new 2 71 1 3 8 and special 2 41 1 4 9 special");
            assertThat(jvm.ask("call lib.Cart trace"))
                    .startsWith("lib.Cart$jlp$")
                    .contains(".fail(Cart.java:" + lineOf("throw new Illegal") + ")");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Cart big")).isEqualTo("big 1");
            assertThat(jvm.ask("call lib.Cart fresh")).isEqualTo("new 1");

            load(control, patch);
            assertThat(jvm.ask("call lib.Cart old")).isEqualTo("old 2 42 2 5 10");
            assertThat(jvm.ask("hammered calls")).doesNotContain("mixed", "!");
        }
    }

    @Test
    void a_patch_that_replaces_another_finds_its_values() {
        Change first = Change.of(jdk, "cart", BEFORE, AFTER);
        Change second = Change.of(
                jdk,
                "cart",
                BEFORE,
                AFTER.replace("return \"2\";", "return \"3\";")
                        .replace("class Special", "class Other")
                        .replace("Special()", "Other()"));
        Path next = second.patch("carts-2");
        try (TargetJvm jvm = TargetJvm.on(jdk).with(first.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Cart old");
            load(control, first.patch(PATCH));
            assertThat(jvm.ask("call lib.Cart old")).isEqualTo("old 2 41 1 1 6");

            control.load(next);
            control.awaitState("carts-2", "enabled");

            assertThat(jvm.ask("call lib.Cart old")).isEqualTo("old 3 42 2 2 7");
        }
    }

    @Test
    void each_loader_has_values_of_its_own() {
        Change change = Change.of(jdk, "cart", BEFORE, AFTER);
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            for (String name : new String[] {"one", "two"}) {
                jvm.ask("plug-in " + name + " " + change.before());
                jvm.ask("call " + name + ":lib.Cart old");
            }
            load(control, change.patch(PATCH));

            assertThat(jvm.ask("call one:lib.Cart old")).isEqualTo("old 2 41 1 1 6");
            assertThat(jvm.ask("call one:lib.Cart old")).isEqualTo("old 2 42 2 2 7");
            assertThat(jvm.ask("call two:lib.Cart old")).isEqualTo("old 2 41 1 1 6");
        }
    }

    @Test
    void a_loader_that_has_an_added_class_from_another_patch_is_refused_before_anything_changes() {
        Change first = Change.of(jdk, "cart", BEFORE, AFTER);
        Change second = Change.of(
                jdk, "cart", BEFORE, AFTER.replace("return \" special\";", "return \" other\";"));
        try (TargetJvm jvm = TargetJvm.on(jdk).with(first.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Cart old");
            load(control, first.patch(PATCH));
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            control.unload(PATCH);

            Harmless.refuses(jvm, 4, "load", jvm.pid(), second.patch("carts-2").toString())
                    .contains("lib.Cart", "another class 'lib.Special' is there already");

            assertThat(jvm.ask("call lib.Cart fresh")).isEqualTo("new 1");
        }
    }

    @Test
    void old_objects_have_what_their_constructors_arguments_would_have_given() {
        Change change = Change.of(jdk, "shelf", shelf("""
                        private final String[] rows;

                        Shelf(String... rows) {
                            this.rows = rows;
                        }

                        String show() {
                            return "before " + rows.length;
                        }
                        """), shelf("""
                        private final String[] names;
                        private final StringBuilder log;

                        Shelf(String... rows) {
                            this(new StringBuilder("log"), rows);
                        }

                        Shelf(StringBuilder log, String... rows) {
                            this.names = rows.clone();
                            this.log = log;
                        }

                        String show() {
                            return log.append('.') + " " + String.join("+", names);
                        }
                        """));
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Shelf old")).isEqualTo("before 2");

            load(control, change.patch(PATCH));

            assertThat(jvm.ask("call lib.Shelf old")).isEqualTo("log. a+b");
            assertThat(jvm.ask("call lib.Shelf old")).isEqualTo("log.. a+b");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"hold, d+e, d", "number, number 5, none"})
    void objects_made_by_the_fix_have_what_the_original_needs_when_it_is_back(
            String maker, String fixed, String row) {
        Change change = Change.of(jdk, "shelf", shelf("""
                        private final java.util.List<String> log = new java.util.ArrayList<>();
                        private final java.util.EnumSet<Kind> kinds =
                                java.util.EnumSet.noneOf(Kind.class);
                        private final String[] rows;
                        private final long[] sizes = {7, 8};
                        private int left = 9;

                        enum Kind { WIDE }

                        Shelf(String... rows) {
                            this.rows = rows;
                        }

                        public static void hold() {
                            held = new Shelf("c");
                        }

                        public static void number() {
                            held = null;
                        }

                        String show() {
                            log.add("shown");
                            String row = rows == null ? "none" : rows[0];
                            return row + " " + log + kinds + sizes[1] + " " + ++left;
                        }
                        """), shelf("""
                        private final String all;

                        Shelf(String... rows) {
                            this.all = String.join("+", rows);
                        }

                        private Shelf(int number) {
                            this.all = "number " + number;
                        }

                        public static void hold() {
                            held = new Shelf("d", "e");
                        }

                        public static void number() {
                            held = new Shelf(5);
                        }

                        String show() {
                            return "fixed " + all;
                        }
                        """));
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Shelf hold");
            assertThat(jvm.ask("call lib.Shelf held")).isEqualTo("c [shown][]8 10");

            load(control, change.patch(PATCH));
            jvm.ask("call lib.Shelf " + maker);
            assertThat(jvm.ask("call lib.Shelf held")).isEqualTo("fixed " + fixed);

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");

            assertThat(jvm.ask("call lib.Shelf held")).isEqualTo(row + " [shown][]8 10");
        }
    }

    private static Sources shelf(String members) {
        return Sources.of("lib/Shelf.java", """
                package lib;

                public class Shelf {
                    private static final Shelf OLD = new Shelf("a", "b");

                    private static Shelf held;

                    public static String old() {
                        return OLD.show();
                    }

                    public static String held() {
                        return held.show();
                    }

                    %s
                }
                """.formatted(members));
    }

    private static void load(ControlClient control, Path patch) {
        control.load(patch);
        control.awaitState(PATCH, "enabled");
    }

    private static int lineOf(String text) {
        String source = AFTER.files().values().iterator().next();
        return (int) source.substring(0, source.indexOf(text)).lines().count();
    }
}
