package dev.jlp.demo.shop;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The shop's process: serves on a free port of loopback until it is ended. */
public final class ShopServer {

    /** What the process says on standard output once it serves; the port follows. */
    public static final String READY = "shop ready on port ";

    private ShopServer() {}

    /** Takes no arguments; the system property {@code shop.log} names the log file. */
    @SuppressWarnings("SystemOut") // the line that whoever started the process waits for
    public static void main(String[] arguments) throws Exception {
        Orders orders = new Orders();
        Server server = new Server();
        ServerConnector loopback = new ServerConnector(server);
        loopback.setHost("127.0.0.1");
        loopback.setPort(0);
        server.addConnector(loopback);
        server.setHandler(new ShopHandler(orders));
        server.start();
        System.out.println(READY + loopback.getLocalPort());
        server.join();
    }
}
