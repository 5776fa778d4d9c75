package dev.jlp.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's end of the control socket: one daemon thread that accepts, one per connection. Lives in
 * the patched JVM, so whatever goes wrong with a client ends that connection and nothing else.
 *
 * <p>A socket whose file somebody has deleted is made anew, since a JVM may run for years and nobody could
 * reach its patches any more.
 */
public final class ControlServer implements AutoCloseable {

    static final int CONNECTIONS_MAX = 64;

    private static final long RETRY_MILLIS = 1000;

    /** How long a deleted socket may stay unnoticed. */
    private static final long LOOK_MILLIS = 5_000;

    private final Path folder;
    private final Path socket;
    private final Handler handler;
    private volatile Listener listener;
    private volatile boolean closed;
    private final Set<SocketChannel> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private ControlServer(Path folder, Path socket, Handler handler, Listener listener) {
        this.folder = folder;
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
        Path place = folder.toAbsolutePath();
        Path socket = SocketPlace.socket(place, ProcessHandle.current().pid());
        Listener listener = Listener.on(place, socket);
        socket.toFile().deleteOnExit();
        ControlServer server = new ControlServer(place, socket, handler, listener);
        server.daemon("jlp-control", new Acceptor(server)).start();
        return server;
    }

    /** The path that clients connect to. */
    public Path socket() {
        return socket;
    }

    /** Stops listening, ends all connections and removes the socket; requests being carried out go on. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
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

    /** Under the same lock as the end: nothing is made behind it. */
    private synchronized void renewIfGone() throws IOException {
        if (!closed && !listener.isReachable()) {
            quietly(listener);
            listener = Listener.on(folder, socket);
        }
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
            while (!server.closed) {
                try {
                    acceptNext();
                } catch (Throwable broken) {
                    if (!server.closed) {
                        pause();
                    }
                }
            }
        }

        private void acceptNext() throws IOException {
            server.renewIfGone();
            server.listener.await(LOOK_MILLIS);
            for (SocketChannel next = server.listener.accept();
                    next != null;
                    next = server.listener.accept()) {
                accept(next);
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
            server.open.remove(connection); // first: in a full JVM closing may fail as well
            quietly(connection);
        }

        /** Out of files or memory: the host has worse worries than a busy loop of ours. */
        private static void pause() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
    }
}
