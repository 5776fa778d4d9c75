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
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Path log;
    private final List<String> complaints;
    private final int port;

    private Shop(Process process, Path log, List<String> complaints, int port) {
        this.process = process;
        this.log = log;
        this.complaints = complaints;
        this.port = port;
        this.started = process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Starts the shop with these options of the JVM; it serves when this returns. */
    static Shop start(Path javaHome, String classPath, List<String> jvmOptions, Path folder)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.add("-Xmx256m");
        Path log = folder.resolve("shop.log");
        command.add("-Dshop.log=" + log);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, ShopServer.class.getName()));
        Path errors = folder.resolve("shop.err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            List<String> complaints = new CopyOnWriteArrayList<>();
            return new Shop(process, log, complaints, portOf(process, complaints));
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

    /** Whether an order that is asked for now is in the log, with the customer's words. */
    boolean logs(String words) throws IOException {
        request("/orders/1", Map.of("User-Agent", words));
        String line = " for " + words + System.lineSeparator();
        Path rolled = log.resolveSibling(log.getFileName() + ".1");
        return Files.readString(log).contains(line)
                || (Files.exists(rolled) && Files.readString(rolled).contains(line));
    }

    /** What the shop's logging has said of lines that it could not write; nothing while all is well. */
    List<String> complaints() {
        return List.copyOf(complaints);
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

    private static int portOf(Process process, List<String> complaints) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> readOutput(process, port, complaints), "shop output");
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
    private static void readOutput(
            Process process, CompletableFuture<Integer> port, List<String> complaints) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(ShopServer.READY)) {
                    port.complete(Integer.parseInt(line.substring(ShopServer.READY.length())));
                } else if (line.contains("processing Appender")) {
                    complaints.add(line);
                }
            }
            port.completeExceptionally(new IOException("it ended"));
        } catch (IOException closed) {
            port.completeExceptionally(closed);
        }
    }
}
