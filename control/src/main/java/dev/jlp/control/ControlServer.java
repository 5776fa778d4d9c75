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
 * The agent's end of the control socket: one daemon thread that accepts, and {@link Attendants}. Lives in
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
    private final Attendants attendants;
    private volatile Listener listener;
    private volatile boolean closed;
    private final Set<SocketChannel> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private ControlServer(Path socket, Handler handler, Listener listener, Attendants attendants) {
        this.folder = socket.resolveSibling("");
        this.socket = socket;
        this.handler = handler;
        this.attendants = attendants;
        this.listener = listener;
    }

    /** As the next, on threads that are started now. */
    public static ControlServer start(Path folder, Handler handler) throws IOException {
        return start(folder, handler, ControlThreads.start());
    }

    /**
     * Listens on this JVM's socket in a folder, which is made if need be.
     *
     * @param folder of this user and writable for nobody else
     * @param handler called by several threads at once
     * @param threads that have nothing to do yet
     * @throws IOException if it can't listen there; nothing is left behind, the threads neither
     */
    public static ControlServer start(Path folder, Handler handler, ControlThreads threads)
            throws IOException {
        try {
            Path place = folder.toAbsolutePath();
            Path socket = SocketPlace.socket(place, ProcessHandle.current().pid());
            Listener listener = Listener.on(place, socket);
            socket.toFile().deleteOnExit();
            ControlServer server = new ControlServer(
                    socket, handler, listener, Attendants.of(threads.attendant()));
            threads.acceptor().begin(new Acceptor(server));
            return server;
        } finally {
            threads.dismiss(); // those that have begun go on
        }
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
        attendants.close();
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
                Conversation conversation = new Conversation(connection, server.handler);
                String obstacle = obstacle(connection, conversation);
                if (!obstacle.isEmpty()) {
                    // No thread for it; the few bytes of a refusal fit into any socket's buffer.
                    conversation.refuse(obstacle);
                    end(connection);
                }
            } catch (Throwable noMemory) {
                end(connection);
            }
        }

        /** Why the conversation is not held; empty if it is. */
        private String obstacle(SocketChannel connection, Conversation conversation) {
            if (server.open.size() > CONNECTIONS_MAX) {
                return "more than " + CONNECTIONS_MAX + " commands at once; try again";
            }
            Runnable held = () -> {
                try {
                    conversation.hold();
                } finally {
                    end(connection);
                }
            };
            return server.attendants.take(held)
                    ? ""
                    : "this JVM gives no more threads, and another command has the agent's own;"
                            + " try again";
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
