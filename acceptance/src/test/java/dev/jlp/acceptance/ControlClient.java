package dev.jlp.acceptance;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** {@code docs/control-protocol.md}, written a second time from the document alone. */
final class ControlClient {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path socket;

    ControlClient(TargetJvm jvm) {
        this(defaultFolder().resolve(jvm.pid() + ".sock"));
    }

    ControlClient(Path socket) {
        this.socket = socket;
    }

    /** The agent said no: its code, exit and message. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient JsonObject error;

        private Refused(JsonObject error) {
            super(error.getString("code") + " (" + error.getInt("exit") + "): "
                    + error.getString("message"));
            this.error = error;
        }

        String code() {
            return error.getString("code");
        }

        int exit() {
            return error.getInt("exit");
        }
    }

    JsonObject load(Path patch) {
        return load(patch, new JsonObject());
    }

    JsonObject load(Path patch, JsonObject arguments) {
        try {
            return call("load", arguments, Files.readAllBytes(patch));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    JsonObject disable(String name) {
        return call("disable", JsonObject.builder().value("name", name).done(), new byte[0]);
    }

    JsonObject unload(String name) {
        return call("unload", JsonObject.builder().value("name", name).done(), new byte[0]);
    }

    JsonObject call(String command) {
        return call(command, new JsonObject(), new byte[0]);
    }

    JsonObject status() {
        return call("status");
    }

    /** The events of one name so far. */
    List<JsonObject> events(String name) {
        return call("events").getArray("events").stream()
                .map(JsonObject.class::cast)
                .filter(event -> name.equals(event.getString("event")))
                .toList();
    }

    /** Waits until the named patch is in {@code state} and no transition runs. */
    JsonObject awaitState(String name, String state) {
        return await(
                name + " is " + state,
                status -> status.getObject("transition") == null
                        && state.equals(stateOf(status, name)));
    }

    JsonObject await(String what, Predicate<JsonObject> condition) {
        AtomicReference<JsonObject> last = new AtomicReference<>();
        try {
            return Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                last.set(status());
                                return last.get();
                            },
                            condition);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "still not '" + what + "': " + JsonWriter.string(last.get()), late);
        }
    }

    /** The state of the newest patch of this name; {@code none} if it isn't listed. */
    static String stateOf(JsonObject status, String name) {
        String state = "none";
        for (Object each : status.getArray("patches")) {
            JsonObject patch = (JsonObject) each;
            if (name.equals(patch.getString("name"))) {
                state = patch.getString("state");
            }
        }
        return state;
    }

    JsonObject call(String command, JsonObject arguments, byte[] attachment) {
        String request = JsonWriter.string(JsonObject.builder()
                .value("protocol", 1)
                .value("command", command)
                .value("arguments", arguments)
                .done());
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            send(channel, request.getBytes(StandardCharsets.UTF_8));
            send(channel, attachment);
            for (JsonObject answer = receive(channel); ; answer = receive(channel)) {
                if (answer.has("error")) {
                    throw new Refused(answer.getObject("error"));
                }
                if (answer.has("result")) {
                    return answer.getObject("result");
                }
            }
        } catch (IOException failed) {
            throw new AssertionError("no answer to '" + command + "' at " + socket, failed);
        }
    }

    static void send(SocketChannel channel, byte[] frame) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(4 + frame.length);
        out.putInt(frame.length).put(frame).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    static JsonObject receive(SocketChannel channel) throws IOException {
        int length = new DataInputStream(new ByteArrayInputStream(read(channel, 4))).readInt();
        return Jlp.parse(new String(read(channel, length), StandardCharsets.UTF_8));
    }

    private static byte[] read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new java.io.EOFException("the agent went away in the middle of a frame");
            }
        }
        return in.array();
    }

    Path socket() {
        return socket;
    }

    private static Path defaultFolder() {
        try {
            return Path.of("/tmp/jlp-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
