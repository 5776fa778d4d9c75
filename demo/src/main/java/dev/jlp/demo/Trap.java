package dev.jlp.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attacker's machine, harmless: a listener on loopback that notes who connects, and hangs up. */
final class Trap implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<Integer> callers = ConcurrentHashMap.newKeySet();

    Trap() throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "trap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /**
     * Connections that arrived before this call. Calls itself last and waits to be hung up on: the
     * backlog is in order, so whoever came earlier has been noted by then, and a trap that does not
     * listen cannot pass for a failed attack.
     */
    int sprung() throws IOException {
        try (Socket probe = new Socket(listener.getInetAddress(), port())) {
            probe.setSoTimeout(10_000);
            int end = probe.getInputStream().read();
            Untrue.unless(end == -1, "The trap of the demo answered instead of hanging up.");
            callers.remove(probe.getLocalPort());
        }
        return callers.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket caller = listener.accept()) {
                callers.add(caller.getPort());
            } catch (IOException closed) {
                return; // the listener was closed: nobody asks any more
            }
        }
    }
}
