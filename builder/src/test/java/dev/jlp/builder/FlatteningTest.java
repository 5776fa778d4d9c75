package dev.jlp.builder;

import static dev.jlp.builder.Differential.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.Patch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;

/** Added classes below one that is final in the JVM. */
class FlatteningTest {

    private static final String A =
            "package p; public FINAL class A EXTRA { private final String s; A(String s) { this.s = s; }"
                    + " String name() { return \"a\" + s; } String twice() { return name() + name(); }"
                    + " static A make(String s) { return new A(s); } MORE }";

    private static final String FINAL_A =
            A.replace("FINAL", "final").replace("EXTRA", "").replace("MORE", "");

    private static final String OPEN_A = A.replace("FINAL", "")
            .replace("EXTRA", "")
            .replace("return new A(s);", "return s.isEmpty() ? new A(s) : new N(s, 7L, \"x\");");

    private static final String N = "package p; class N extends A { final long n;"
            + " private static int made;"
            + " N(String s, long n, String t) { super(s + (n > 3 ? t : \"-\"));"
            + "   int k = 0; for (int i = 0; i < n; i++) { k += n > 5 ? i : 1; }"
            + "   this.n = n * 100 + k; made++; }"
            + " N(String s) { this(s, 1L, \"\"); }"
            + " @Override String name() { return \"n\" + n + super.name() + own(); }"
            + " private String own() { java.util.function.Supplier<Object> x = () -> n + hashed();"
            + "   return \"<\" + x.get() + \">\"; }"
            + " int hashed() { return 5; }"
            + " static String count() { java.util.function.Supplier<Object> x = () -> made;"
            + "   return \"#\" + x.get(); } }";

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
    void objects_of_the_final_class_take_its_place_and_are_told_apart() throws Exception {
        String call = "A.make(\"\").twice() + A.make(\"q\").twice()";
        releases.original(main(call), FINAL_A)
                .fixed(main(call), OPEN_A.replace("MORE", ""), N)
                .behavesAs("aaaqaq", "aa" + "n721aqx<726>".repeat(2));
    }

    @Test
    void tests_casts_statics_and_other_constructors_mean_the_kind() throws Exception {
        String call = "A.make(\"\").name() + A.make(\"q\").name()";
        String more =
                "static String look(A a) { return a instanceof N ? \"N\" + ((N) a).n : \"A\"; }"
                        + " static String cast(Object a) { try { return \"\" + ((N) a).n; }"
                        + "   catch (ClassCastException e) { return \"no\"; } }";
        releases.original(main(call), FINAL_A)
                .fixed(
                        main("A.look(A.make(\"\")) + A.look(A.make(\"q\")) + A.cast(A.make(\"\"))"
                                + " + A.cast(new N(\"z\")) + A.cast(\"\") + N.count()"),
                        OPEN_A.replace("MORE", more),
                        N)
                .behavesAs("aaq", "AN721no101no#2");
    }

    @Test
    void kinds_differ_among_each_other() throws Exception {
        String call = "A.make(\"q\").twice() + A.make(\"m\").twice()";
        releases.original(main(call), FINAL_A)
                .fixed(
                        main(call),
                        OPEN_A.replace("MORE", "")
                                .replace("s.isEmpty()", "s.equals(\"m\") ? new M(s) : s.isEmpty()"),
                        N,
                        "package p; class M extends A { M(String s) { super(s); }"
                                + " String twice() { return \"m\" + super.twice(); } }")
                .behavesAs("aqaqamam", "n721aqx<726>".repeat(2) + "mamam");
    }

    @Test
    void objects_that_the_fixed_release_would_not_make_keep_their_old_bodies() throws Exception {
        String a = "package p; public final class A { private A() { }"
                + " static A make() { return new A(); } public String name() { return \"old\"; } }";
        String fixed = "package p; public class A { private A() { }"
                + " static A make() { return new N(); }"
                + " public String name() { throw new UnsupportedOperationException(); }"
                + " private static class N extends A { public String name() { return \"new\"; } } }";
        Path original = Sources.jar(folder.resolve("o.jar"), List.of(), main("A.make().name()"), a);
        Path repaired =
                Sources.jar(folder.resolve("f.jar"), List.of(), main("A.make().name()"), fixed);
        Patch patch = PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), repaired.toString())),
                        BuildOptions.named("fix", "1.0").including("p.A.make").withClosure(true))
                .patch()
                .orElseThrow();
        assertThat(patch.notes())
                .anyMatch(note -> note.contains("p.A$N: its superclass is final there")
                        && note.contains("made before keep their old bodies"));

        Class<?> type = PatchedLoader.patched(patch, original).loadClass("p.A");
        Method make = type.getDeclaredMethod("make");
        make.setAccessible(true);
        Constructor<?> old = type.getDeclaredConstructor();
        old.setAccessible(true);
        Method name = type.getDeclaredMethod("name");
        assertThat(name.invoke(make.invoke(null))).isEqualTo("new");
        assertThat(name.invoke(old.newInstance())).isEqualTo("old");
    }

    @Test
    void what_serialisation_would_see_is_refused() throws Exception {
        String serializable = "implements java.io.Serializable";
        releases.original(
                        main("A.make(\"q\").name()"),
                        FINAL_A.replace("class A", "class A " + serializable))
                .fixed(
                        main("A.make(\"q\").name()"),
                        OPEN_A.replace("MORE", "").replace("class A", "class A " + serializable),
                        N)
                .isRefusedWith("'p.A' is final, and 'p.N' would be below it");
    }
}
