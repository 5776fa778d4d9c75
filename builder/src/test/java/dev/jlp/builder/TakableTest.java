package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.Patch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** What a JVM would not take is left out, and the rest is as good as without it. */
class TakableTest {

    private static final String MAIN =
            "package p; public class Main implements java.util.concurrent.Callable<Object> {"
                    + " public Object call() { return new B().f(\"t\").get() + A.make().name(); } }";

    private static final String B =
            "package p; class B { java.util.function.Supplier<String> f(String s) { return s::toString; } }";

    private static final String FIXED_B = B.replace("s::toString", "() -> s + 1");

    private static final String A =
            "package p; public FINAL class A { static A make() { return new A(); } FINAL2 String name() { return \"a\"; } }";

    private static final String FIXED_A =
            "package p; public class A { static A make() { return new N(); } String name() { return \"b\"; } }";

    private static final String N =
            "package p; class N extends A { String name() { return \"n\"; } }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_new_class_below_a_final_one_that_is_serializable_is_left_out_with_what_makes_it()
            throws Exception {
        String serializable = "class A implements java.io.Serializable";
        assertThat(patched(A.replace("FINAL2", "")
                        .replace("FINAL", "final")
                        .replace("class A", serializable)))
                .isEqualTo("t1a");
    }

    @Test
    void a_new_class_that_overrides_a_final_method_is_left_out_with_what_makes_it()
            throws Exception {
        assertThat(patched(A.replace("FINAL2", "final").replace("FINAL", ""))).isEqualTo("t1a");
    }

    private Object patched(String a) throws Exception {
        Path original = Sources.jar(folder.resolve("o.jar"), List.of(), MAIN, a, B);
        Path fixed = Sources.jar(folder.resolve("f.jar"), List.of(), MAIN, FIXED_A, FIXED_B, N);
        Patch patch = PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())),
                        BuildOptions.named("fix", "1.0").onlyTakable(true))
                .patch()
                .orElseThrow();
        assertThat(patch.notes()).anyMatch(note -> note.contains("'p.A") && note.contains("final"));
        ClassLoader loader = PatchedLoader.patched(patch, original);
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return ((Callable<?>) main).call();
    }
}
