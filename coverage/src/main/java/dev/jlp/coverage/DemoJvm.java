package dev.jlp.coverage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM with a demonstration in it. What does not answer in time is ended, and says so. */
final class DemoJvm implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String END = "! the JVM ended";

    private final Duration longest;
    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    DemoJvm(List<String> command, Path folder, String log)
            throws IOException, InterruptedException {
        this(command, folder, log, ANSWER_MAX);
    }

    /** @param longest that an answer may take */
    DemoJvm(List<String> command, Path folder, String log, Duration longest)
            throws IOException, InterruptedException {
        this.longest = longest;
        process = new ProcessBuilder(command)
                .redirectError(folder.resolve(log).toFile())
                .directory(folder.toFile())
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::listen, "answers");
        reader.setDaemon(true);
        reader.start();
        ask("ready");
    }

    String pid() {
        return Long.toString(process.pid());
    }

    /** What the demonstration says now; a failure of it is said in its place, {@code ERROR …}. */
    String run() throws InterruptedException {
        return ask("run");
    }

    String ask(String command) throws InterruptedException {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException gone) {
            return "ERROR the JVM ended";
        }
        String answer = answers.poll(longest.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            process.destroyForcibly();
            return "ERROR no answer within " + longest.toSeconds() + " s";
        }
        return answer.startsWith("= ") ? answer.substring(2) : "ERROR " + answer.substring(2);
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("= ") || line.startsWith("! ")) {
                    answers.add(line);
                }
            }
        } catch (IOException closed) {
            answers.add("! the JVM was ended: " + closed.getMessage());
        }
        answers.add(END);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
