package dev.jlp.fuzz;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import dev.jlp.control.ControlServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes at the control socket, ended by the client: answered by a result or an error that is none of the
 * agent's, or left without an answer. The server must serve the next one.
 */
public final class RequestFuzz {

    private static @Nullable Path socket;

    private RequestFuzz() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] sent) {
        try {
            byte[] answer = talk(sent);
            if (answer.length >= Integer.BYTES) {
                requireSaid(JsonParser.object()
                        .from(new String(answer, 4, answer.length - 4, StandardCharsets.UTF_8)));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the server does not serve any more", broken);
        } catch (JsonParserException garbled) {
            throw new AssertionError("the answer is no JSON", garbled);
        }
    }

    private static void requireSaid(JsonObject answer) {
        JsonObject error = answer.getObject("error");
        if (error != null) {
            String message = error.getString("message");
            Sentences.require(message);
            if (message.startsWith("the agent failed")) {
                throw new AssertionError(message);
            }
        }
    }

    private static byte[] talk(byte[] sent) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            try {
                ByteBuffer out = ByteBuffer.wrap(sent);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                channel.shutdownOutput();
            } catch (IOException refused) {
                // It need not listen to the end.
            }
            return answer(channel);
        }
    }

    private static byte[] answer(SocketChannel channel) {
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        try {
            while (in.hasRemaining() && channel.read(in) >= 0) {
                // Until the server closes the connection.
            }
        } catch (IOException closed) {
            return new byte[0];
        }
        byte[] answer = new byte[in.position()];
        in.flip().get(answer);
        return answer;
    }

    private static synchronized Path socket() throws IOException {
        if (socket == null) {
            Path folder = Files.createTempDirectory("jlpf").resolve("c");
            socket = ControlServer.start(folder, (request, peer, progress) -> {
                        JsonObject echo = new JsonObject();
                        echo.put("arguments", request.arguments().size());
                        echo.put("command", request.command());
                        echo.put("bytes", request.attachment().length);
                        return echo;
                    })
                    .socket();
        }
        return socket;
    }

    /** A request and its attachment. */
    static byte[] seed() {
        byte[] request = ("{\"protocol\": 1, \"command\": \"load\", \"arguments\": {\"allow-drop\":"
                        + " true, \"reason\": \"\\u00e9\", \"limits\": [1, -2.5e3, null, {}]}}")
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(request.length + 11)
                .putInt(request.length)
                .put(request)
                .putInt(3)
                .put(new byte[] {1, 2, 3})
                .array();
    }
}
