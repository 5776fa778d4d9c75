package dev.jlp.builder;

import static dev.jlp.builder.Differential.main;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** A name means in all code what it means in the fixed release, also in bodies that do not change. */
class LoweringNamesTest {

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
    void an_added_static_method_hides_the_inherited_one_from_callers_that_do_not_change()
            throws Exception {
        String a = "package p; class A { static int f() { return 1; } }";
        releases.original(main("B.f()"), a, "package p; class B extends A { }")
                .fixed(
                        main("B.f()"),
                        a,
                        "package p; class B extends A { static int f() { return 2; } }")
                .behavesAs("1", "2");
    }

    @Test
    void a_removed_static_method_hides_the_inherited_one_no_more() throws Exception {
        String a = "package p; class A { static long f(long n, int m) { return n + m; } }";
        releases.original(
                        main("B.f(1, 2)"),
                        a,
                        "package p; class B extends A { static long f(long n, int m) { return 0; } }")
                .fixed(main("B.f(1, 2)"), a, "package p; class B extends A { }")
                .behavesAs("0", "3");
    }

    @Test
    void fields_that_hide_inherited_ones_come_and_go() throws Exception {
        String a = "package p; class A { int x = 1; int y = 2; }";
        releases.original(
                        main("new B().x + \"\" + new B().y"),
                        a,
                        "package p; class B extends A { int y = 3; }")
                .fixed(
                        main("new B().x + \"\" + new B().y"),
                        a,
                        "package p; class B extends A { int x = 4; }")
                .behavesAs("13", "42");
    }

    @Test
    void a_super_call_beside_an_added_override_means_the_inherited_method() throws Exception {
        String a = "package p; class A { String g() { return \"a\"; } }";
        releases.original(
                        main("new B().h() + new B().g()"),
                        a,
                        "package p; class B extends A { String h() { return super.g(); } }")
                .fixed(
                        main("new B().h() + new B().g()"),
                        a,
                        "package p; class B extends A { String h() { return super.g(); }"
                                + " String g() { return \"b\" + h(); } }")
                .behavesAs("aa", "aba");
    }

    @Test
    void a_super_call_of_a_default_method_means_that_of_the_interface() throws Exception {
        String j = "package p; interface J { default String f() { return \"j\"; } }";
        String c = "package p; class C implements J {"
                + " public String f() { return J.super.f() + \"c\"; } }";
        String d = "package p; class D extends C implements I { }";
        String e = "package p; class E implements I { }";
        releases.original(
                        main("new D().f() + new E().f()"),
                        j,
                        "package p; interface I extends J { }",
                        c,
                        d,
                        e)
                .fixed(
                        main("new D().f() + new E().f()"),
                        j,
                        "package p; interface I extends J { default String f() { return \"i\"; } }",
                        c,
                        d,
                        e)
                .behavesAs("jcj", "jci");
    }

    @Test
    void an_added_override_of_a_method_of_others_is_called_by_callers_that_do_not_change()
            throws Exception {
        releases.original(
                        main("new A().size()"),
                        "package p; class A extends java.util.ArrayList<String> { }")
                .fixed(
                        main("new A().size()"),
                        "package p; class A extends java.util.ArrayList<String> {"
                                + " public int size() { return super.size() + 5; } }")
                .behavesAs("0", "5");
    }

    @Test
    void an_added_nested_class_has_its_simple_name_and_a_record_its_text() throws Exception {
        releases.original(main("new A().f()"), "package p; class A { Object f() { return 0; } }")
                .fixed(
                        main("new A().f()"),
                        "package p; class A { record R(int x) { } static class I { }"
                                + " Object f() { return I.class.getSimpleName()"
                                + " + I.class.getEnclosingClass().getName() + new R(3); } }")
                .behavesAs("0", "Ip.AR[x=3]");
    }

    @Test
    void an_object_that_is_captured_for_an_inherited_added_method_fits() throws Exception {
        releases.original(
                        main("new B().f()"),
                        "package p; interface I { }",
                        "package p; class A { }",
                        "package p; class B extends A implements I { Object f() { return 0; } }")
                .fixed(
                        main("new B().f()"),
                        "package p; interface I { default String d() { return \"d\"; } }",
                        "package p; class A { String q() { return \"q\"; } }",
                        "package p; import java.util.function.*; class B extends A implements I {"
                                + " Object f() { Supplier<String> s = this::q, t = new B()::d;"
                                + " Function<B, String> u = B::q;"
                                + " return s.get() + t.get() + u.apply(this); } }")
                .behavesAs("0", "qdq");
    }

    @Test
    void members_of_an_absent_object_fail_as_in_the_fixed_release() throws Exception {
        String main = main("M.t(null)");
        releases.original(
                        main,
                        "package p; class A { }",
                        "package p; class M { static String t(A a) { return \"\"; } }")
                .fixed(
                        main,
                        "package p; class A { int x; int g() { return 5; } void y(int i) { } }",
                        "package p; class M { static String t(A a) { String s = \"\";"
                                + " try { s += a.g(); } catch (NullPointerException e) { s += 1; }"
                                + " try { s += a.x; } catch (NullPointerException e) { s += 2; }"
                                + " try { a.x = 3; } catch (NullPointerException e) { s += 3; }"
                                + " try { a.y(3); } catch (NullPointerException e) { s += 4; }"
                                + " return s; } }")
                .behavesAs("", "1234");
    }
}
