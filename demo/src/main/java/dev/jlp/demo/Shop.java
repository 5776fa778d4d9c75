package dev.jlp.demo;

import dev.jlp.demo.shop.ShopServer;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The shop's process, and its customers' and attackers' way in. */
final class Shop implements AutoCloseable {

    private static final long START_SECONDS_MAX = 60;

    private final Process process;
    private final Instant started;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final int port;

    private Shop(Process process, int port) {
        this.process = process;
        this.port = port;
        this.started = process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Starts the shop with these options of the JVM; it serves when this returns. */
    static Shop start(Path javaHome, String classPath, List<String> jvmOptions, Path folder)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.add("-Xmx256m");
        command.add("-Dshop.log=" + folder.resolve("shop.log"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, ShopServer.class.getName()));
        Path errors = folder.resolve("shop.err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            return new Shop(process, portOf(process));
        } catch (IOException failed) {
            process.destroyForcibly();
            throw new IOException(failed.getMessage() + ": " + Files.readString(errors), failed);
        }
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** Whether the process that was started still runs and is the one behind the process id. */
    boolean isTheSame() {
        Optional<Instant> now =
                ProcessHandle.of(pid()).flatMap(handle -> handle.info().startInstant());
        return process.isAlive() && now.isPresent() && now.get().equals(started);
    }

    /** What operators do after an edit of the logging configuration. */
    void reloadLogging() throws IOException {
        int status = request("/admin/logging/reload", Map.of());
        Untrue.unless(
                status == 200, "The shop could not reload its logging: status " + status + ".");
    }

    /** The status of the answer; the page has done everything it does by then. */
    int request(String pathAndQuery, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in a request to the shop", interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int portOf(Process process) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> readOutput(process, port), "shop output");
        reader.setDaemon(true);
        reader.start();
        try {
            return port.get(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the shop did not start", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the shop started", interrupted);
        }
    }

    /** Reads to the end, so that the shop never blocks on a full pipe. */
    private static void readOutput(Process process, CompletableFuture<Integer> port) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(ShopServer.READY)) {
                    port.complete(Integer.parseInt(line.substring(ShopServer.READY.length())));
                }
            }
            port.completeExceptionally(new IOException("it ended"));
        } catch (IOException closed) {
            port.completeExceptionally(closed);
        }
    }
}
