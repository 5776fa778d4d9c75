package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.Patch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.nio.file.Path;
import java.util.List;

/** A lowered body asks for the stack that it needs: C1 inlines none that asks for more than five. */
class LoweredStackTest {

    private static final String ORIGINAL =
            "package p; class A { int n; int get() { return n + 1; } int twice() { return n * 2; } }";
    private static final String FIXED =
            "package p; class A { int n; int get() { return n + 2; } int twice() { return times(2); }"
                    + " int times(int x) { return n * x; } }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_body_with_nothing_to_lower_keeps_its_stack() throws Exception {
        assertThat(patched("get").maxStack).isEqualTo(2);
    }

    @Test
    void a_body_that_calls_an_added_method_has_the_stack_of_the_call() throws Exception {
        assertThat(patched("twice").maxStack).isEqualTo(2);
    }

    private MethodNode patched(String method) throws Exception {
        Path original = Sources.jar(folder.resolve("o.jar"), List.of(), ORIGINAL);
        Path fixed = Sources.jar(folder.resolve("f.jar"), List.of(), FIXED);
        Patch patch = PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())),
                        BuildOptions.named("fix", "1.0"))
                .patch()
                .orElseThrow();
        ClassNode after = new ClassNode();
        new ClassReader(patch.targets().get(0).classes().get(0).after()).accept(after, 0);
        return after.methods.stream()
                .filter(each -> each.name.equals(method))
                .findFirst()
                .orElseThrow();
    }
}
