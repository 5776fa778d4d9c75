package dev.jlp.acceptance.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A server on this machine, and who asks it. */
final class Server {

    private final HttpServer server;
    private final Supplier<String> work;

    private Server(Executor executor, Supplier<String> work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Works in a new thread for each request, a virtual one where there are any. */
    static Server ofBriefThreads(Supplier<String> work)
            throws ReflectiveOperationException, IOException {
        Executor executor = Runtime.version().feature() >= 21
                ? (Executor) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : task -> Threads.start("request", false, task);
        return new Server(executor, work);
    }

    /** Works in a few threads that stay. */
    static Server ofSteadyThreads(int threads, Supplier<String> work) throws IOException {
        return new Server(
                Executors.newFixedThreadPool(threads, task -> {
                    Thread thread = new Thread(task, "server");
                    thread.setDaemon(true);
                    return thread;
                }),
                work);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = answered();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** What goes wrong in here is told to who asked. */
    private byte[] answered() {
        String text;
        try {
            text = work.get();
        } catch (RuntimeException | Error failed) {
            text = failed.toString();
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One request; what it was answered. */
    String ask() throws IOException {
        URL url = new URL("http", "127.0.0.1", server.getAddress().getPort(), "/");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
