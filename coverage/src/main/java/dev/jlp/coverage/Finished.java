package dev.jlp.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command that ran.
 *
 * @param exit its code; {@code KILLED} if its time was up, and then nothing of what it said is kept
 */
record Finished(int exit, String out, String err, double seconds) {

    static final int KILLED = -1;

    static Finished run(List<String> command, Duration longest) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        CompletableFuture<String> out = reading(process.getInputStream());
        CompletableFuture<String> err = reading(process.getErrorStream());
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Finished(KILLED, "", "", (System.nanoTime() - start) / 1e9);
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while '" + command.get(0) + "' ran", stopped);
        }
        return new Finished(
                process.exitValue(), out.join(), err.join(), (System.nanoTime() - start) / 1e9);
    }

    private static CompletableFuture<String> reading(InputStream from) {
        return CompletableFuture.supplyAsync(() -> {
            try (from) {
                return new String(from.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
