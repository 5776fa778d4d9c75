package dev.jlp.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One client's connection: HTTP/1.1, one request after the other. Not for more than one thread. */
final class KeepAlive implements AutoCloseable {

    private static final int LINE_LENGTH_MAX = 8_192;
    private static final int ANSWER_MILLIS_MAX = 10_000;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream answers;

    KeepAlive(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        answers = new BufferedInputStream(socket.getInputStream());
    }

    /** The body of the page; anything but status 200 is a failure. */
    String get(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: orders\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        byte[] body = answers.readNBytes(length);
        if (body.length < length || !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the server answered '" + status + "'");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0 || line.length() == LINE_LENGTH_MAX) {
                throw new IOException("the server hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
