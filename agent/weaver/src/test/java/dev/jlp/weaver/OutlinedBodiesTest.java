package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

/** Methods whose bodies do not fit into one method together. */
final class OutlinedBodiesTest {

    private static final int SMALL = 200;
    private static final int LARGE = 40_000;
    private static final int FULL = 65_535;

    private static final String STATIC = """
            public static String call() { return big(1, 2L, 3.5, "four"); }
            private static String big(int a, long b, double c, String d) {
                return VERSION + a + b + c + d;
            }
            """;

    @TempDir
    Path folder;

    @Test
    void bodies_that_fit_together_stay_together() throws Exception {
        HugeClass fits = HugeClass.of(folder, "17", 30_000, 30_000, STATIC);

        assertThat(fits.weave(1).outlined()).isEmpty();
        assertThat(fits.weave(1).alone()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "11", "17"})
    void the_old_body_of_a_static_method_is_called_where_it_is(String release) throws Exception {
        HugeClass huge = HugeClass.of(folder, release, LARGE, LARGE, STATIC);

        assertThat(huge.weave(1).outlined()).hasSize(1);
        assertThat(call(huge, false)).isEqualTo("old123.5four");
        assertThat(call(huge, true)).isEqualTo("new123.5four");
    }

    @Test
    void two_bodies_that_each_fill_a_method_are_both_outlined() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", FULL, FULL, STATIC);

        assertThat(huge.weave(1).outlined()).hasSize(2);
        assertThat(call(huge, false)).isEqualTo("old123.5four");
        assertThat(call(huge, true)).isEqualTo("new123.5four");
    }

    @Test
    void the_same_body_has_the_same_key_in_every_transition() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, STATIC);

        assertThat(huge.weave(1).outlined().get(0).key())
                .isEqualTo(huge.weave(2).outlined().get(0).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "11", "17"})
    void an_instance_body_uses_private_members_and_lambdas(String release) throws Exception {
        HugeClass huge = HugeClass.of(folder, release, LARGE, LARGE, """
                private String mine = "m";
                private static int count;
                private String secret(long x) { return mine + x; }
                private static String hidden() { return "h" + ++count; }
                private class Inner { private String deep() { return "d" + mine; } }
                public static String call() { return new Child().big(5L, (byte) 6); }
                private String big(long a, byte b) {
                    java.util.function.Supplier<String> s = () -> secret(a);
                    java.util.function.LongFunction<String> f = this::secret;
                    mine += VERSION;
                    return s.get() + secret(b) + hidden() + new Inner().deep() + f.apply(7);
                }
                """);

        assertThat(call(huge, false)).isEqualTo("mold5mold6h1dmoldmold7");
        assertThat(call(huge, true)).isEqualTo("mnew5mnew6h1dmnewmnew7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "17"})
    void an_outlined_body_uses_what_its_class_inherits(String release) throws Exception {
        HugeClass huge = HugeClass.of(folder, release, LARGE, LARGE, """
                protected String over() { return "child over"; }
                public static String call() throws Exception { return new Child().big(); }
                public String big() throws CloneNotSupportedException {
                    name += "+";
                    Child copy = (Child) clone();
                    return VERSION + copy.name + shared + hello("you") + fixed()
                            + super.over() + this.over() + super.hashCode() * 0;
                }
                """);

        assertThat(call(huge, false)).isEqualTo("oldbase+sharedhello youfixedbase overchild over0");
        assertThat(call(huge, true)).isEqualTo("newbase+sharedhello youfixedbase overchild over0");
    }

    @Test
    void handlers_monitors_and_loops_work_outside() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, """
                public static String call() { return new Child().big(new int[] {1, 2, 0, 4}); }
                public synchronized String big(int... numbers) {
                    StringBuilder all = new StringBuilder(VERSION);
                    for (int number : numbers) {
                        try {
                            synchronized (all) { all.append(8 / number); }
                        } catch (ArithmeticException zero) {
                            all.append('!').append(Thread.holdsLock(this));
                        } finally {
                            all.append(';');
                        }
                    }
                    return all.toString();
                }
                """);

        assertThat(call(huge, false)).isEqualTo("old8;4;!true;2;");
        assertThat(call(huge, true)).isEqualTo("new8;4;!true;2;");
    }

    @Test
    void what_an_outlined_body_throws_comes_out_and_shows_the_method_itself() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, """
                public static String call() { big(); return ""; }
                static void big() { throw new IllegalStateException(VERSION); }
                """);

        assertThatThrownBy(() -> call(huge, false))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("old")
                .satisfies(thrown -> assertThat(thrown.getStackTrace()[0].toString())
                        .contains("near.Child.big"));
    }

    @Test
    void the_frame_of_the_armed_method_stays_below_the_hidden_one() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, """
                public static String call() { return big(); }
                static String big() {
                    return VERSION + StackWalker.getInstance(
                                    StackWalker.Option.SHOW_HIDDEN_FRAMES)
                            .walk(frames -> frames.filter(f -> f.getMethodName().equals("big"))
                                    .map(f -> f.getClassName().replaceAll("[/+].*", ""))
                                    .toList());
                }
                """);

        assertThat(call(huge, false)).isEqualTo("old[near.Child$JlpOutlined, near.Child]");
        assertThat(call(huge, true)).isEqualTo("new[near.Child]");
    }

    @Test
    void the_new_body_goes_out_if_the_old_one_cannot() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, """
                public static String call() { return big(); }
                static String big() {
                    return VERSION == "old"
                            ? VERSION + java.lang.invoke.MethodHandles.lookup().lookupClass()
                            : VERSION;
                }
                """);

        assertThat(call(huge, false)).isEqualTo("oldclass near.Child");
        assertThat(call(huge, true)).isEqualTo("new");
    }

    @Test
    void a_constructor_is_refused() {
        refuses("17", "a constructor", "public Child(int i) { System.out.println(VERSION); }");
    }

    @Test
    void a_serializable_lambda_is_refused() {
        refuses("17", "a serializable lambda", """
                static Object big() {
                    return (Runnable & java.io.Serializable) () -> System.out.println(VERSION);
                }
                """);
    }

    @Test
    void an_old_class_file_is_refused() {
        HugeClass huge = HugeClass.of(folder, "8", LARGE, LARGE, STATIC);

        assertThatThrownBy(() -> huge.ofVersion(50).weave(1))
                .isInstanceOf(WeavingProblem.class)
                .hasMessageContaining("older than version 51");
    }

    @Test
    void a_body_that_fills_a_method_has_to_share_it_with_nobody() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", SMALL, FULL, STATIC);

        assertThat(call(huge, false)).isEqualTo("old123.5four");
        assertThat(call(huge, true)).isEqualTo("new123.5four");
    }

    @Test
    void a_class_that_is_not_yet_defined_can_have_nothing_outlined() {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, STATIC);

        assertThatThrownBy(() -> huge.weave(1).alone()).isInstanceOf(WeavingProblem.class);
    }

    @Test
    void an_outlined_body_does_not_keep_its_loader() throws Exception {
        HugeClass huge = HugeClass.of(folder, "17", LARGE, LARGE, STATIC);
        WeakReference<ClassLoader> loader = loaderOfCalled(huge);

        for (long end = System.nanoTime() + 30_000_000_000L;
                loader.get() != null && System.nanoTime() < end; ) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> loaderOfCalled(HugeClass huge) throws Exception {
        Class<?> type = huge.armed(false);
        assertThat(type.getMethod("call").invoke(null)).isEqualTo("old123.5four");
        return new WeakReference<>(type.getClassLoader());
    }

    private void refuses(String release, String why, String members) {
        HugeClass huge = HugeClass.of(folder, release, LARGE, LARGE, members);

        assertThatThrownBy(() -> huge.weave(1))
                .isInstanceOf(WeavingProblem.class)
                .hasMessageContaining(why);
    }

    private static Object call(HugeClass huge, boolean universe) throws Exception {
        return huge.armed(universe).getMethod("call").invoke(null);
    }
}
