package dev.jlp.builder;

import static dev.jlp.builder.Differential.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.Patch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Fields and constructors that a class can't get hold and do what those of the fixed release do. */
class LoweringStateTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Differential releases;

    @BeforeEach
    void begin() {
        releases = new Differential(folder);
    }

    @Test
    void what_initialises_a_field_runs_once_for_an_object() throws Exception {
        releases.original(
                        main("\"\" + new A().f() + new A().f()"),
                        "package p; class A { int f() { return 0; } }")
                .fixed(
                        main("\"\" + new A().f() + new A().f()"),
                        "package p; class A { static int next; long t = g(); boolean z = g() > 0;"
                                + " static long g() { return ++next; }"
                                + " int f() { return next + (z ? 10 : 20) + (z ? (int) t : 0); } }")
                .behavesAs("00", "1317");
    }

    @Test
    void a_field_that_a_constructor_sets_on_a_condition_has_the_default_else() throws Exception {
        releases.original(
                        main("new A(true).f() + \" \" + new A(false).f()"),
                        "package p; class A { A(boolean b) { } int f() { return 0; } }")
                .fixed(
                        main("new A(true).f() + \" \" + new A(false).f()"),
                        "package p; class A { int c; int d; A(boolean b) { if (b) { c = 9; }"
                                + " if (!b) { return; } d = 7; } int f() { return c * 10 + d; } }")
                .behavesAs("0 0", "97 0");
    }

    @Test
    void a_static_field_that_is_read_before_it_is_complete_is_read_so() throws Exception {
        releases.original(main("A.f()"), "package p; class A { static Object f() { return 0; } }")
                .fixed(
                        main("A.f()"),
                        "package p; class A { static int X = one(); static int Y = X + 1;"
                                + " static { X = 5; } static int one() { return 1; }"
                                + " static Object f() { return X + \" \" + Y; } }")
                .behavesAs("0", "5 2");
    }

    @Test
    void a_write_to_what_is_final_in_the_jvm_is_refused() throws Exception {
        releases.original(
                        main("A.f()"),
                        "package p; class A { static final Integer N = Integer.valueOf(3);"
                                + " static Object f() { return N; } }")
                .fixed(
                        main("A.f()"),
                        "package p; class A { static Integer N = Integer.valueOf(3);"
                                + " static Object f() { N = 4; return N; } }")
                .isRefusedWith("'p.A.N' is final there");
    }

    @Test
    void a_static_field_becomes_one_of_each_object_and_the_other_way() throws Exception {
        releases.original(
                        main("new A().f()"),
                        "package p; class A { static int x = 1; int y = 2; Object f() { return x + y; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; class A { int x = 10; static int y = 20; Object f() { return x + y; } }")
                .behavesAs("3", "30");
    }

    @Test
    void a_capture_waits_for_a_super_call_whose_arguments_branch() throws Exception {
        String q = "static class Q { int q; Q(int q) { this.q = q; } int get() { return q; } } ";
        String f = "int f(int n, long m, boolean b) { class L extends Q {"
                + " L(boolean c) { super(c ? 1 : 2); } int get() { return q BODY; } }"
                + " return new L(b).get(); } }";
        releases.original(
                        main("new A().f(3, 400L, true)"),
                        "package p; class A { " + q + f.replace("BODY", ""))
                .fixed(
                        main("new A().f(3, 400L, true)"),
                        "package p; class A { " + q + f.replace("BODY", "* 10 + n + (int) m"))
                .behavesAs("1", "413");
    }

    @Test
    void what_an_added_constructor_takes_brings_its_class() throws Exception {
        // The compiler makes a class A$1 for the descriptor of a second constructor.
        String nested = "static class N { static A make() { return new A(7); } } }";
        List<String> java8 = List.of("--release", "8");
        Path original = Sources.jar(
                folder.resolve("o.jar"),
                java8,
                "package p; class A { int x; A() { } int f() { return x; } "
                        + nested.replace("7", ""));
        Path fixed = Sources.jar(
                folder.resolve("f.jar"),
                java8,
                "package p; class A { int x; A() { } private A(int x) { this.x = x; }"
                        + " int f() { return N.make().x; } " + nested);
        Patch patch = PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())),
                        BuildOptions.named("fix", "1.0")
                                .including("p.A.f", "p.A$N")
                                .withClosure(true))
                .patch()
                .orElseThrow();
        assertThat(patch.targets().get(0).added()).extracting(AddedClass::name).contains("p/A$1");
    }

    @Test
    void a_class_that_is_initialised_by_an_added_constructor_makes_its_own_objects()
            throws Exception {
        String a = "package p; class A { static A ONE = new A(1); final int x;"
                + " private A(int x) { this.x = x; } ";
        releases.original(
                        main("B.g()"),
                        a + "}",
                        "package p; class B { static Object g() { return 0; } }")
                .fixed(
                        main("B.g()"),
                        a + "A(int x, String s) { this.x = x + s.length() * 100; } }",
                        "package p; class B { static Object g() { A a = new A(5, \"abc\");"
                                + " return a.x + \" \" + A.ONE.x; } }")
                .behavesAs("0", "305 1");
    }

    @Test
    void added_constructors_branch_throw_and_nest_across_versions_of_class_files()
            throws Exception {
        releases.released(8, 17)
                .original(
                        main("new A(1).s"),
                        "package p; class A { String s; A(int a) { s = \"o\" + a; } }")
                .fixed(
                        main("new A(\"b\", 3L).s + new A(7, new A(1)).s + A.bad()"),
                        "package p; class A { String s; A(int a) { s = \"o\" + a; }"
                                + " A(String q, long l) { this(q.isEmpty() ? 1 : new A(2, null).s.length());"
                                + " try { switch (q) { case \"b\": s += \"B\"; break;"
                                + " default: throw new IllegalStateException(q); }"
                                + " for (long x = 0; x < l; x++) { s += x; } } finally { s += \"!\"; } }"
                                + " A(int n, A o) { s = n + (o == null ? \"null\" : o.s);"
                                + " synchronized (this) { for (int i = 0; i < n; i++) { s += i; } } }"
                                + " static String bad() { try { return new A(\"z\", 1).s; }"
                                + " catch (IllegalStateException e) { return e.getMessage() + new A(3).s; } } }")
                .behavesAs("o1", "o7B012!7o10123456zo3");
    }
}
