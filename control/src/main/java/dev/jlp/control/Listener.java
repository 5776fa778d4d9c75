package dev.jlp.control;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A control socket that is listened on, as long as its file is there. */
final class Listener implements AutoCloseable {

    /** Connections that wait to be accepted: a storm of clients is to be answered, not turned away. */
    private static final int QUEUE = 256;

    private final Path socket;
    private final ServerSocketChannel channel;
    private final Selector selector;

    private Listener(Path socket, ServerSocketChannel channel, Selector selector) {
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Listens, in a folder that is made if need be.
     *
     * @throws IOException if it can't; nothing is left behind
     */
    static Listener on(Path folder, Path socket) throws IOException {
        SocketPlace.prepare(folder, socket);
        removeStale(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket), QUEUE);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_ACCEPT);
            return new Listener(socket, channel, selector);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            Files.deleteIfExists(socket);
            throw failed;
        }
    }

    /** Whether clients can find it: who cleans a folder up, or interrupts our thread, ends it. */
    boolean isReachable() {
        return channel.isOpen() && Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
    }

    /** Waits until there is a connection, at most so long. */
    void await(long millisMax) throws IOException {
        selector.select(millisMax);
        selector.selectedKeys().clear();
        Thread.interrupted(); // not by us, and no reason to listen no more
    }

    /** The next connection, or null if there is none. */
    @Nullable
    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** Stops listening; the file stays. */
    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
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
}
