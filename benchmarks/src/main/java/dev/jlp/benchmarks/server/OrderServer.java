package dev.jlp.benchmarks.server;

import dev.jlp.benchmarks.program.Plain;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/** Serves orders on loopback, and does what it is told, a command a line. Argument: its port, or 0. */
public final class OrderServer extends Handler.Abstract {

    private final Orders orders = new Orders();
    private final CountDownLatch over = new CountDownLatch(1);

    private OrderServer() throws SQLException {}

    public static void main(String[] arguments) throws Exception {
        OrderServer served = new OrderServer();
        Server server = new Server();
        ServerConnector loopback = new ServerConnector(server);
        loopback.setHost("127.0.0.1");
        loopback.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(loopback);
        server.setHandler(served);
        server.start();
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                System.out.println("= " + served.run(line.split(" ", 2), loopback));
            } catch (ReflectiveOperationException | java.io.IOException | RuntimeException failed) {
                System.out.println("! " + failed);
            }
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        byte[] page =
                orders.find(Integer.parseInt(path.substring(1))).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.length);
        response.write(true, ByteBuffer.wrap(page), callback);
        return true;
    }

    private String run(String[] command, ServerConnector loopback)
            throws ReflectiveOperationException, java.io.IOException, InterruptedException {
        return switch (command[0]) {
            case "ready" -> "ready";
            case "port" -> Integer.toString(loopback.getLocalPort());
            case "redefine" -> Plain.redefine(command[1]);
            case "advise" -> Advised.install();
            case "hold" -> hold();
            case "release" -> {
                over.countDown();
                yield "released";
            }
            case "seen" -> Boolean.toString(Fix.seen());
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    /** A thread that stays in a method that changes, until it is let go. */
    private String hold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    try {
                        orders.hold(begun, over);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                },
                "holder");
        holder.setDaemon(true);
        holder.start();
        begun.await();
        return "held";
    }
}
