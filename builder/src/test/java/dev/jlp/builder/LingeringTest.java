package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** What a build says of methods that threads may never leave. */
class LingeringTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f() { while (true) { g(NUMBER); } }",
                "void f(boolean b) { for (;;) { if (b) { g(NUMBER); } } }",
                "void f() { try { while (true) { g(NUMBER); } } finally { g(1); } }",
                "void f() { try { while (true) { wait(NUMBER); } }"
                        + " catch (InterruptedException e) { return; } }"
            })
    void a_loop_that_only_an_exception_ends(String method) throws Exception {
        assertThat(notes("class A { " + method + " void g(int x) { } }"))
                .singleElement()
                .asString()
                .endsWith("may be on a stack for long and hold the transition"
                        + " back: it has a loop that only an exception ends");
    }

    @Test
    void an_event_loop() throws Exception {
        assertThat(notes("class A { volatile boolean on;"
                        + " void f(java.util.concurrent.BlockingQueue<Integer> q) throws Exception {"
                        + " while (on) { if (q.take() > NUMBER) { return; } } } }"))
                .singleElement()
                .asString()
                .endsWith("it waits in a loop, in BlockingQueue.take");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A implements Runnable { public void run() { g(NUMBER); }",
                "class A extends Thread { public void run() { g(NUMBER); }",
                "class A implements java.util.concurrent.Callable<Integer> {"
                        + " public Integer call() { return NUMBER; }",
                "class A { public static void main(String[] a) { g(NUMBER); }"
            })
    void what_a_thread_may_begin_with(String head) throws Exception {
        assertThat(notes(head + " static void g(int x) { } }"))
                .isNotEmpty()
                .allMatch(note -> note.endsWith("a thread's stack may begin with it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { int f(int x) { while (x > 1) { x = x / NUMBER; } return x; } }",
                "class A { void f() throws Exception { wait(NUMBER); } }",
                "class A { int f(java.util.List<Integer> l) { int s = 0;"
                        + " for (int x : l) { s += x * NUMBER; } return s; } }",
                "class A { void run() { f(NUMBER); } void f(int x) { throw new Error(); } }"
            })
    void nothing_is_said_of_methods_that_end(String source) throws Exception {
        assertThat(notes(source)).isEmpty();
    }

    private List<String> notes(String source) throws Exception {
        Path original = jar("a.jar", source, "5");
        Path fixed = jar("b.jar", source, "6");
        return PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())),
                        BuildOptions.named("fix", "1.0"))
                .notes();
    }

    private Path jar(String name, String source, String number) {
        String text = "package p; " + source.replace("NUMBER", number);
        return Sources.jar(folder.resolve(name), List.of(), text);
    }
}
