package dev.jlp.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM, most often of {@code program.Program}: one command a line, one answer a line. */
final class Child implements AutoCloseable {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private volatile boolean silent;

    Child(Jdk jdk, List<String> options, Path... classPath) throws IOException {
        this(
                jdk,
                options,
                Shipped.classes() + ":"
                        + List.of(classPath).stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(":")),
                List.of("dev.jlp.benchmarks.program.Program"));
    }

    /** Runs another main class, with its arguments, that speaks the same. */
    Child(Jdk jdk, List<String> options, String classPath, List<String> main) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(jdk.java().toString());
        line.addAll(options);
        line.addAll(List.of("-cp", classPath));
        line.addAll(main);
        process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        ask("ready");
    }

    static String withAgent() {
        return "-javaagent:" + Shipped.agent();
    }

    long pid() {
        return process.pid();
    }

    /** Sends a command and waits for its answer. */
    String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("= ")) {
                return line.substring(2);
            }
            if (line.startsWith("! ")) {
                throw new IOException("'" + command + "': " + line.substring(2));
            }
        }
        throw new IOException("the program ended during '" + command + "'");
    }

    /** The same, but only so long: then there is no answer, and the program is good for nothing more. */
    Optional<String> ask(String command, Duration longest) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return Optional.of(ask(command));
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                })
                .completeOnTimeout(Optional.empty(), longest.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failed) -> silent = answer == null || answer.isEmpty())
                .join();
    }

    /** Whether it has answered so far. */
    boolean answers() {
        return !silent;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
