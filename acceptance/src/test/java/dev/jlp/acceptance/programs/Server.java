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

/** A server that works in a new thread for each request, a virtual one where there are any. */
final class Server {

    private final HttpServer server;
    private final Runnable work;

    Server(Runnable work) throws ReflectiveOperationException, IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor());
        server.createContext("/", this::answer);
        server.start();
    }

    private static Executor executor() throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                ? (Executor) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : task -> Threads.start("request", false, task);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            work.run();
            byte[] done = "done".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, done.length);
            exchange.getResponseBody().write(done);
        }
    }

    /** One request; what is not answered as it should be is an exception. */
    void ask() throws IOException {
        URL url = new URL("http", "127.0.0.1", server.getAddress().getPort(), "/");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        try (InputStream in = connection.getInputStream()) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.equals("done")) {
                throw new IOException("answered: " + answer);
            }
        }
    }
}
