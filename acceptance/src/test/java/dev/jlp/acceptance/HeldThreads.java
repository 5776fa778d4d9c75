package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Threads of a JVM that get no processor, until this is closed; all others run. */
final class HeldThreads implements AutoCloseable {

    private final Process holder;
    private final List<Path> threads;

    private HeldThreads(Process holder, List<Path> threads) {
        this.holder = holder;
        this.threads = threads;
    }

    /** Those with a name that begins so, at least one; skips the test where none may be held. */
    static HeldThreads of(TargetJvm jvm, String prefix) {
        List<Path> threads = named(jvm, prefix);
        assertThat(threads).isNotEmpty();
        List<String> command =
                new ArrayList<>(List.of(Native.compile("hold-threads.c").toString()));
        threads.forEach(thread -> command.add(thread.getFileName().toString()));
        try {
            Process holder =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader said = holder.inputReader();
            String first = String.valueOf(said.readLine());
            assumeTrue(
                    !first.contains("not permitted"),
                    "this user may not hold another process's threads: " + first);
            assertThat(first).isEqualTo("held");
            HeldThreads held = new HeldThreads(holder, threads);
            held.verify();
            return held;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The system says of each that it is stopped by a tracer. */
    void verify() {
        for (Path thread : threads) {
            String stat = text(thread.resolve("stat"));
            assertThat(stat.substring(stat.lastIndexOf(')') + 2)).startsWith("t");
        }
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            holder.waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static List<Path> named(TargetJvm jvm, String prefix) {
        try (Stream<Path> all = Files.list(Path.of("/proc", jvm.pid(), "task"))) {
            return all.filter(thread -> text(thread.resolve("comm")).startsWith(prefix))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Empty if it has just ended. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }
}
