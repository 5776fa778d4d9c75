package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** What a class can't get by a redefinition works all the same, and as in the fixed release. */
class LoweringTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final List<String> options = new ArrayList<>();

    private LoweringTest original(String... sources) {
        before.addAll(Arrays.asList(sources));
        return this;
    }

    private LoweringTest fixed(String... sources) {
        after.addAll(Arrays.asList(sources));
        return this;
    }

    /** Both releases have a class that calls; it is the same in both, or it is part of the fix. */
    private void behavesAs(String was, String is) throws Exception {
        Path original =
                Sources.jar(folder.resolve("o.jar"), options, before.toArray(new String[0]));
        Path fixed = Sources.jar(folder.resolve("f.jar"), options, after.toArray(new String[0]));
        BuildResult result = PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())),
                BuildOptions.named("fix", "1.0"));
        assertThat(result.patch()).as("%s", result.changes()).isPresent();
        assertThat(run(PatchedLoader.plain(original))).as("original").isEqualTo(was);
        assertThat(run(PatchedLoader.plain(fixed))).as("fixed").isEqualTo(is);
        assertThat(run(PatchedLoader.patched(result.patch().orElseThrow(), original)))
                .as("patched")
                .isEqualTo(is);
    }

    private static String run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return String.valueOf(((Callable<?>) main).call());
    }

    private static String main(String expression) {
        return "package p; public class Main implements java.util.concurrent.Callable<Object> {"
                + " public Object call() throws Exception { return " + expression + "; } }";
    }

    @Test
    void an_added_private_method_reaches_private_members() throws Exception {
        original(
                        main("new A().f(3)"),
                        "package p; class A { private int x = 4; int f(int n) { return n; } }")
                .fixed(
                        main("new A().f(3)"),
                        "package p; class A { private int x = 4; int f(int n) { return g(n); }"
                                + " private int g(int n) { x += n; return h() * x; }"
                                + " private int h() { return 10; } }")
                .behavesAs("3", "70");
    }

    @Test
    void an_added_virtual_method_is_overridden_by_kept_added_and_new_classes() throws Exception {
        String others = "package p; class K extends A { int g() { return 2; } }";
        original(main("1"), "package p; class A { }", others, "package p; class C extends A { }")
                .fixed(
                        main("new A().g() + \" \" + new K().g() + \" \" + all(new C()) + all(new N())"
                                        + " + all(new K())")
                                .replace(
                                        "} }",
                                        "} static String all(A a) { return \"<\" + a.g() + \">\"; } }"),
                        "package p; class A { int g() { return 1; } }",
                        others,
                        "package p; class C extends A { int g() { return 3 + super.g(); } }",
                        "package p; class N extends C { int g() { return 5 + super.g(); } }")
                .behavesAs("1", "1 2 <4><9><2>");
    }

    @Test
    void an_added_override_is_found_through_the_inherited_method() throws Exception {
        String a = "package p; class A { String g() { return \"a\"; }"
                + " String twice() { return g() + g(); } }";
        original(
                        main("new B().twice() + new C().twice()"),
                        a,
                        "package p; class B extends A { }",
                        "package p; class C extends B { String g() { return \"c\" + super.g(); } }")
                .fixed(
                        main("new B().twice() + new C().twice()"),
                        a,
                        "package p; class B extends A { String g() { return \"b\" + super.g(); } }",
                        "package p; class C extends B { String g() { return \"c\" + super.g(); } }")
                .behavesAs("aacaca", "bababacbacba".replace("bababa", "baba"));
    }

    @Test
    void an_added_constructor_makes_objects_and_superclasses() throws Exception {
        original(
                        main("new A(1).x + new S().x"),
                        "package p; class A { final int x; A(int x) { this.x = x; } }",
                        "package p; class S extends A { S() { super(2); } }")
                .fixed(
                        main("new A(1, \"abc\").x + new S().x + new A(2, \"d\").x"),
                        "package p; class A { final int x; A(int x) { this.x = x; }"
                                + " A(int x, String s) { this(x + s.length()); } }",
                        "package p; class S extends A { S() { super(20, \"xy\"); } }")
                .behavesAs("3", String.valueOf(4 + 22 + 3));
    }

    @Test
    void an_added_constructor_sets_added_fields_of_all_types() throws Exception {
        original(main("0"), "package p; class A { A() { } }")
                .fixed(
                        main(
                                "new A((byte) 1, 'c', 2.5f, 3.5, 4L, true, \"s\", new int[] {7}).all()"),
                        "package p; class A { byte b; char c; float f; double d; long l; boolean z;"
                                + " String s; int[] i; volatile int v = 9; short h;"
                                + " A() { } A(byte b, char c, float f, double d, long l, boolean z,"
                                + " String s, int[] i) { this.b = b; this.c = c; this.f = f; this.d = d;"
                                + " this.l = l; this.z = z; this.s = s; this.i = i; h = -3; v++; }"
                                + " String all() { return \"\" + b + c + f + d + l + z + s + i[0] + v + h; }"
                                + " }")
                .behavesAs("0", "1c2.53.54trues710-3");
    }

    @Test
    void an_added_field_with_an_initialiser_has_its_value() throws Exception {
        original(main("new A().f()"), "package p; class A { int f() { return 0; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; import java.util.*; class A { private int depth = 5;"
                                + " private final List<String> seen = new ArrayList<>();"
                                + " private final Object lock = new Object();"
                                + " int f() { synchronized (lock) { seen.add(\"x\"); depth++;"
                                + " return depth * 10 + seen.size(); } } }")
                .behavesAs("0", "61");
    }

    @Test
    void an_added_static_field_is_initialised_by_the_releases_code() throws Exception {
        original(
                        main("A.f(\"b\")"),
                        "package p; class A { static boolean f(String s) { return true; } }")
                .fixed(
                        main("A.f(\"b\") + \"\" + A.f(\"c\")"),
                        "package p; import java.util.*; class A { private static final Set<String> BAD ="
                                + " new HashSet<>(); static { BAD.add(\"b\"); }"
                                + " private static int count;"
                                + " static boolean f(String s) { count++; return !BAD.contains(s) && count > 1; } }")
                .behavesAs("true", "falsetrue");
    }

    @Test
    void a_changed_static_field_is_read_anew_by_bodies_that_do_not_change() throws Exception {
        String b =
                "package p; class B { static boolean g(String s) { return A.BAD.contains(s); } }";
        original(
                        main("B.g(\"x\") + \"\" + A.N"),
                        "package p; import java.util.*; class A { static final List<String> BAD ="
                                + " Arrays.asList(\"y\"); static final Integer N = 1; }",
                        b)
                .fixed(
                        main("B.g(\"x\") + \"\" + A.N"),
                        "package p; import java.util.*; class A { static final List<String> BAD ="
                                + " Arrays.asList(\"y\", \"x\"); static final Integer N = 1; }",
                        b)
                .behavesAs("false1", "true1");
    }

    @Test
    void lambdas_and_method_references_of_added_methods_work() throws Exception {
        original(main("new A().f()"), "package p; class A { String f() { return \"\"; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; import java.util.function.*; class A { private int x = 2;"
                                + " String f() { return g(); }"
                                + " private String g() { Supplier<Integer> s = () -> x + 1;"
                                + " Function<Integer, Integer> t = this::h; IntFunction<A> n = A::new;"
                                + " return s.get() + \" \" + t.apply(4) + \" \" + n.apply(9).x; }"
                                + " private int h(int n) { return n * x; }"
                                + " A() { } private A(int n) { x = n; } }")
                .behavesAs("", "3 8 9");
    }

    @Test
    void a_method_that_becomes_static_is_added() throws Exception {
        original(main("new A().f(1)"), "package p; class A { int f(int n) { return n; } }")
                .fixed(
                        main("A.f(1)"),
                        "package p; class A { static int f(int n) { return n + 1; } }")
                .behavesAs("1", "2");
    }

    @Test
    void an_added_inner_class_reaches_private_members_and_is_reached() throws Exception {
        original(
                        main("new A().f()"),
                        "package p; class A { private int x = 1; int f() { return x; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; class A { private int x = 1; int f() { return new I(5).g() + I.h(); }"
                                + " private class I { private int y; private I(int y) { this.y = y; }"
                                + " private int g() { x += y; return x; }"
                                + " private static int h() { return 100; } } }")
                .behavesAs("1", "106");
    }

    @Test
    void a_captured_variable_of_a_kept_class_is_there_before_the_super_constructor_ends()
            throws Exception {
        original(
                        main("new A().f(3).call()"),
                        "package p; class A { java.util.concurrent.Callable<Integer> f(int n) {"
                                + " return new java.util.concurrent.Callable<Integer>() {"
                                + " public Integer call() { return 0; } }; } }")
                .fixed(
                        main("new A().f(3).call()"),
                        "package p; class A { java.util.concurrent.Callable<Integer> f(int n) {"
                                + " return new java.util.concurrent.Callable<Integer>() {"
                                + " public Integer call() { return n; } }; } }")
                .behavesAs("0", "3");
    }

    @Test
    void a_field_of_another_type_takes_part() throws Exception {
        original(
                        main("new A().f()"),
                        "package p; class A { private int n = 3; Object f() { return n; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; class A { private long n = 5_000_000_000L; Object f() { return n; } }")
                .behavesAs("3", "5000000000");
    }

    @Test
    void old_classes_without_frames_and_call_sites_work() throws Exception {
        options.addAll(List.of("--release", "8"));
        original(
                        main("new A().f(2)"),
                        "package p; class A { private int x = 2; int f(int n) { return n; } }")
                .fixed(
                        main("new A().f(2)"),
                        "package p; class A { private int x = 2; private int y = 7;"
                                + " int f(int n) { Runnable r = new Runnable() { public void run() {"
                                + " x += y; } }; r.run(); return g(n) + B.get(this); }"
                                + " private int g(int n) { return n > 1 ? x : y; } static class B {"
                                + " static int get(A a) { return a.y; } } }")
                .behavesAs("2", "16");
    }

    @Test
    void an_added_enum_constant_is_listed_found_by_name_and_switched_over() throws Exception {
        String sw =
                "package p; class S { static String of(E e) { switch (e) { case A: return \"a\";"
                        + " case C: return \"c\"; default: return \"d\" + e.ordinal(); } } }";
        String old = main("S.of(E.A) + java.util.EnumSet.allOf(E.class)");
        original(old, sw, "package p; enum E { A(1), C(3); final int n; E(int n) { this.n = n; } }")
                .fixed(
                        main("S.of(E.A) + S.of(E.C) + S.of(E.B) + E.valueOf(\"B\").n"
                                + " + E.values().length + E.B.compareTo(E.C)"
                                + " + new java.util.EnumMap<E, Integer>(java.util.Map.of(E.B, 5))"),
                        sw,
                        "package p; enum E { A(1), C(3), B(2); final int n; E(int n) { this.n = n; } }")
                .behavesAs("a[A, C]", "acd2231{B=5}");
    }

    @Test
    void an_added_interface_is_called_tested_and_cast_to() throws Exception {
        String use = "package p; class U { static String of(I i) { return i.f() + i.twice(); }"
                + " static String any(Object o) { return o instanceof I ? of((I) o) : \"no\"; } }";
        String i =
                "package p; interface I { String f(); default String twice() { return f() + f(); } }";
        String k = "package p; class K implements I { public String f() { return \"k\"; } }";
        original(
                        main("U.any(new A()) + U.any(new K())"),
                        use,
                        i,
                        k,
                        "package p; class A { }",
                        "package p; class B extends A { }")
                .fixed(
                        main("U.any(new A()) + U.any(new K()) + U.of(new B()) + U.any(3)"
                                        + " + r(new A()).get() + n(new A())")
                                .replace(
                                        "} }",
                                        "} static java.util.function.Supplier<String> r(I i) {"
                                                + " return i::twice; } static int n(N n) {"
                                                + " return n.g(); } }"),
                        use,
                        i,
                        k,
                        "package p; interface N { default int g() { return 4; } }",
                        "package p; class A implements I, N { public String f() { return \"a\"; } }",
                        "package p; class B extends A { public String f() { return \"b\" + super.f(); } }")
                .behavesAs("nokkk", "aaakkkbababanoaa4");
    }

    @Test
    void an_added_class_extends_one_whose_constructors_are_private() throws Exception {
        for (String release : List.of("8", "17")) {
            before.clear();
            after.clear();
            options.clear();
            options.addAll(List.of("--release", release));
            original(
                            main("A.of(1).f()"),
                            "package p; class A { final int n; private A(int n) { this.n = n; }"
                                    + " static A of(int n) { return new A(n); }"
                                    + " String f() { return \"a\" + n; } }")
                    .fixed(
                            main("A.of(1).f() + A.of(-1).f()"),
                            "package p; class A { final int n; final String s;"
                                    + " private A(int n, String s) { this.n = n; this.s = s; }"
                                    + " static A of(int n) { return n < 0 ? new B(n, \"x\") : new C(n).new D(); }"
                                    + " String f() { return \"a\" + n + s; }"
                                    + " private static final class B extends A { private final long l;"
                                    + " private B(int n, String s) { super(n * 2, s + s); l = n + 100L; }"
                                    + " String f() { return l + super.f(); } }"
                                    + " private static final class C { final int c; C(int c) { this.c = c; }"
                                    + " private final class D extends A { D() { super(c > 0 ? c : 0, \"d\"); }"
                                    + " String f() { return c + super.f(); } } } }")
                    .behavesAs("a1", "1a1d99a-2xx");
        }
    }

    @Test
    void one_more_anonymous_class_does_not_change_what_the_others_are() throws Exception {
        String run = "java.util.function.IntSupplier";
        original(
                        main("new A().g().getAsInt()"),
                        "package p; class A { " + run + " f() { return null; } " + run
                                + " g() { return new " + run
                                + "() { public int getAsInt() { return 1; } }; } }")
                .fixed(
                        main("new A().g().getAsInt() + \" \" + new A().f()"),
                        "package p; class A { " + run + " f() { return new " + run
                                + "() { public int getAsInt() { return 7; }"
                                + " public String toString() { return \"f\"; } }; } " + run
                                + " g() { return new " + run
                                + "() { public int getAsInt() { return 2; } }; } }")
                .behavesAs("1", "2 f");
    }

    @Test
    void a_hidden_class_with_another_superclass_is_a_new_class() throws Exception {
        original(
                        main("A.of(3).toString()"),
                        "package p; class A { static Object of(int n) { return new B(n); } }",
                        "package p; class B { final int n; B(int n) { this.n = n; }"
                                + " public String toString() { return \"b\" + n; } }")
                .fixed(
                        main("A.of(3).toString()"),
                        "package p; class A { static Object of(int n) { return new B(n); } }",
                        "package p; class S { final int n; S(int n) { this.n = n * 2; }"
                                + " public String toString() { return \"s\" + n; } }",
                        "package p; class B extends S implements Runnable { B(int n) { super(n); }"
                                + " public void run() { } }")
                .behavesAs("b3", "s6");
    }

    @Test
    void a_field_that_is_not_final_any_more_is_written() throws Exception {
        String r = "package p; class R { static Object of(A a) { return a.n + a.s; } }";
        original(
                        main("R.of(new A(1))"),
                        r,
                        "package p; class A { final int n; final String s = \"s\"; A(int n) { this.n = n; } }")
                .fixed(
                        main("R.of(new A(1)) + \"\" + R.of(new A(2).set())"),
                        r,
                        "package p; class A { int n; String s = \"s\"; A(int n) { this.n = n; }"
                                + " A set() { n += 5; s = n + \"t\"; return this; } }")
                .behavesAs("1s", "1s77t");
    }

    @Test
    void a_static_object_that_old_code_made_is_made_anew() throws Exception {
        String s = "package p; class S { static final A INSTANCE = new A(); }";
        original(
                        main("S.INSTANCE.names"),
                        s,
                        "package p; class A { final java.util.List<String> names ="
                                + " java.util.Arrays.asList(\"dns\", \"script\"); }")
                .fixed(
                        main("S.INSTANCE.names"),
                        s,
                        "package p; class A { final java.util.List<String> names ="
                                + " java.util.Arrays.asList(\"date\"); }")
                .behavesAs("[dns, script]", "[date]");
    }

    @Test
    void an_added_constructor_is_no_override_of_the_superclasss() throws Exception {
        original(
                        main("new B(\"x\").n"),
                        "package p; class A { int n; A(int n) { this.n = n; } A(String s) { n = 1; } }",
                        "package p; class B extends A { B(String s) { super(s); } }")
                .fixed(
                        main("new B(\"x\").n + new B(5).n"),
                        "package p; class A { int n; A(int n) { this.n = n; } A(String s) { n = 2; } }",
                        "package p; class B extends A { B(String s) { super(s); }"
                                + " B(int n) { super(n); } }")
                .behavesAs("1", "7");
    }

    @Test
    void an_interface_gets_one_above_it() throws Exception {
        String two = "package p; interface Two { String two(String s); }";
        String one = "package p; interface One EXT { String one();"
                + " default String two(String s) { return s + one(); } }";
        String a = "package p; class A implements One { public String one() { return \"a\"; } }";
        original(
                        main("U.use(new A())"),
                        two,
                        one.replace("EXT", ""),
                        a,
                        "package p; class U { static String use(One o) { return o.one(); } }")
                .fixed(
                        main("U.use(new A())"),
                        two,
                        one.replace("EXT", "extends Two"),
                        a,
                        "package p; class U { static String use(One o) { return call(o); }"
                                + " static String call(Two t) { return t.two(\"x\"); } }")
                .behavesAs("a", "xa");
    }
}
