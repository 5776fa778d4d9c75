package dev.jlp.control;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * One connection that carries frames: a length of four bytes, most significant first, and that many
 * bytes. Nothing waits longer than it is told to, and memory is taken only for what really arrives.
 */
final class Wire implements AutoCloseable {

    /** No frame is larger. */
    static final int FRAME_BYTES_MAX = 256 << 20;

    private static final int CHUNK_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /**
     * The next frame.
     *
     * @throws EOFException if the other side went away first
     * @throws SocketTimeoutException if it is not complete in time
     */
    byte[] read(int bytesMax, Duration patience) throws IOException {
        Deadline deadline = new Deadline(patience);
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        fill(header, deadline);
        int length = header.flip().getInt();
        if (length < 0 || length > bytesMax) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length)
                    + " bytes is more than " + bytesMax);
        }
        byte[] frame = new byte[Math.min(length, CHUNK_BYTES)];
        int got = 0;
        while (got < length) {
            if (got == frame.length) {
                frame = Arrays.copyOf(frame, (int) Math.min(length, frame.length * 2L));
            }
            fill(ByteBuffer.wrap(frame, got, frame.length - got), deadline);
            got = frame.length;
        }
        return frame;
    }

    void write(byte[] frame, Duration patience) throws IOException {
        if (frame.length > FRAME_BYTES_MAX) {
            throw new IOException(
                    "a frame of " + frame.length + " bytes is more than " + FRAME_BYTES_MAX);
        }
        Deadline deadline = new Deadline(patience);
        drain(ByteBuffer.allocate(Integer.BYTES).putInt(frame.length).flip(), deadline);
        drain(ByteBuffer.wrap(frame), deadline);
    }

    /** Whether the other side has closed the connection; of use when no frame is expected from it. */
    boolean gone() {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }

    private void fill(ByteBuffer buffer, Deadline deadline) throws IOException {
        while (buffer.hasRemaining()) {
            ByteBuffer chunk =
                    buffer.slice(buffer.position(), Math.min(buffer.remaining(), CHUNK_BYTES));
            int count = channel.read(chunk);
            if (count < 0) {
                throw new EOFException("the other side closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
            buffer.position(buffer.position() + count);
        }
    }

    private void drain(ByteBuffer buffer, Deadline deadline) throws IOException {
        while (buffer.hasRemaining()) {
            ByteBuffer chunk =
                    buffer.slice(buffer.position(), Math.min(buffer.remaining(), CHUNK_BYTES));
            int count = channel.write(chunk);
            if (count == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
            buffer.position(buffer.position() + count);
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        long millis = deadline.millisLeft();
        if (millis <= 0) {
            throw new SocketTimeoutException("the other side is silent");
        }
        selector.select(millis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    /** A moment after which nothing is waited for. */
    private static final class Deadline {

        private final long start = System.nanoTime();
        private final long nanos;

        Deadline(Duration patience) {
            nanos = patience.toNanos();
        }

        /** Rounded up, so that 0 means it is over. */
        long millisLeft() {
            long left = nanos - (System.nanoTime() - start);
            return left <= 0 ? 0 : left / 1_000_000 + 1;
        }
    }
}
