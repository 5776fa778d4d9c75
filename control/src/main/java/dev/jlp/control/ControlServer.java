package dev.jlp.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's end of the control socket: one daemon thread that accepts, one per connection. Lives in
 * the patched JVM, so whatever goes wrong with a client ends that connection and nothing else.
 */
public final class ControlServer implements AutoCloseable {

    static final int CONNECTIONS_MAX = 64;

    /** Connections that wait to be accepted: a storm of clients is to be answered, not turned away. */
    private static final int QUEUE = 256;

    private static final long RETRY_MILLIS = 1000;

    private final Path socket;
    private final Handler handler;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private ControlServer(Path socket, Handler handler, ServerSocketChannel listener) {
        this.socket = socket;
        this.handler = handler;
        this.listener = listener;
    }

    /**
     * Listens on this JVM's socket in a folder, which is made if need be.
     *
     * @param folder of this user and writable for nobody else
     * @param handler called by several threads at once
     * @throws IOException if it can't listen there; nothing is left behind
     */
    public static ControlServer start(Path folder, Handler handler) throws IOException {
        Path socket = SocketPlace.socket(
                folder.toAbsolutePath(), ProcessHandle.current().pid());
        SocketPlace.prepare(folder.toAbsolutePath(), socket);
        removeStale(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket), QUEUE);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException failed) {
            listener.close();
            Files.deleteIfExists(socket);
            throw failed;
        }
        socket.toFile().deleteOnExit();
        ControlServer server = new ControlServer(socket, handler, listener);
        server.daemon("jlp-control", new Acceptor(server)).start();
        return server;
    }

    /** The path that clients connect to. */
    public Path socket() {
        return socket;
    }

    /** Stops listening, ends all connections and removes the socket; requests being carried out go on. */
    @Override
    public void close() {
        quietly(listener);
        for (SocketChannel connection : open) {
            quietly(connection);
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException left) {
            // The next agent with this process id removes it.
        }
    }

    /** A file from a process that had this id before; one that somebody answers on is left alone. */
    private static void removeStale(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean answered;
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            answered = true;
        } catch (IOException nobody) {
            answered = false;
        }
        if (answered) {
            throw new IOException("another agent already listens on '" + socket + "'");
        }
        Files.delete(socket);
    }

    /** Inherits nothing from the thread that happens to start it. */
    private Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ControlServer.class.getClassLoader());
        return thread;
    }

    private static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception gone) {
            // There is nobody to tell.
        }
    }

    /** Takes connections until the server is closed. */
    private static final class Acceptor implements Runnable {

        private final ControlServer server;
        private int count;

        Acceptor(ControlServer server) {
            this.server = server;
        }

        @Override
        public void run() {
            while (server.listener.isOpen()) {
                try {
                    accept(server.listener.accept());
                } catch (Throwable broken) {
                    if (server.listener.isOpen()) {
                        pause();
                    }
                }
            }
        }

        private void accept(SocketChannel connection) {
            server.open.add(connection);
            try {
                boolean full = server.open.size() > CONNECTIONS_MAX;
                Conversation conversation = new Conversation(connection, server.handler);
                if (full) {
                    // No thread for it; the few bytes of a refusal fit into any socket's buffer.
                    conversation.refuse(
                            "more than " + CONNECTIONS_MAX + " commands at once; try again");
                    end(connection);
                    return;
                }
                count++;
                server.daemon("jlp-control-" + count, new Runnable() {
                            @Override
                            public void run() {
                                try {
                                    conversation.hold();
                                } finally {
                                    end(connection);
                                }
                            }
                        })
                        .start();
            } catch (Throwable noThread) {
                end(connection);
            }
        }

        private void end(SocketChannel connection) {
            quietly(connection);
            server.open.remove(connection);
        }

        /** Out of files or memory: the host has worse worries than a busy loop of ours. */
        private static void pause() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
    }
}
