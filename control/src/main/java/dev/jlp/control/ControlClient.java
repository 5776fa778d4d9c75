package dev.jlp.control;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParserException;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The command's end of a control socket. Each call is a connection of its own; holds nothing open. */
public final class ControlClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 50;

    private final Path socket;
    private final Duration silenceMax;

    /**
     * A client of one agent.
     *
     * @param socket the path the agent listens on
     * @param silenceMax how long the agent may take for the next document of its answer
     */
    public ControlClient(Path socket, Duration silenceMax) {
        this.socket = socket;
        this.silenceMax = silenceMax;
    }

    /**
     * Whether an agent takes connections.
     *
     * @throws ControlProblem EPERM if somebody else does
     */
    public boolean listens() throws ControlProblem {
        try (SocketChannel channel = connect()) {
            return channel.isConnected();
        } catch (ControlProblem refused) {
            if (refused.code() == ErrorCode.ESRCH) {
                return false;
            }
            throw refused;
        } catch (IOException closed) {
            return false;
        }
    }

    public JsonObject call(Request request) throws ControlProblem {
        return call(request, progress -> {});
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param progress takes each document that comes before the answer
     * @throws ControlProblem as the agent answered; ESRCH if nobody listens, or goes away before
     *     answering; ETIMEDOUT if the agent is silent for too long
     */
    public JsonObject call(Request request, Consumer<JsonObject> progress) throws ControlProblem {
        try (Wire wire = new Wire(connect())) {
            IOException unsent = send(wire, request);
            try {
                return answer(wire, progress);
            } catch (EOFException ended) {
                throw unsent == null ? ended : unsent;
            }
        } catch (SocketTimeoutException silent) {
            throw new ControlProblem(
                    ErrorCode.ETIMEDOUT,
                    "the agent at '" + socket + "' did not answer within " + silenceMax.toSeconds()
                            + " s; whether it carried out '" + request.command()
                            + "' is not known");
        } catch (JsonParserException garbage) {
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "what listens at '" + socket + "' is not an agent: its answer is not JSON");
        } catch (IOException gone) {
            throw new ControlProblem(
                    ErrorCode.ESRCH,
                    "the JVM at '" + socket + "' went away before it answered '" + request.command()
                            + "'");
        }
    }

    /** What kept the request from being sent, or null; an answer may be there all the same. */
    private @Nullable IOException send(Wire wire, Request request) throws SocketTimeoutException {
        JsonObject document = Json.of("protocol", Conversation.PROTOCOL);
        document.put("command", request.command());
        document.put("arguments", request.arguments());
        try {
            wire.write(Json.bytes(document), silenceMax);
            wire.write(request.attachment(), silenceMax);
            return null;
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException refused) {
            return refused;
        }
    }

    private JsonObject answer(Wire wire, Consumer<JsonObject> progress)
            throws IOException, JsonParserException, ControlProblem {
        while (true) {
            JsonObject document = Json.parse(wire.read(Wire.FRAME_BYTES_MAX, silenceMax));
            if (document.has("error")) {
                throw Json.problem(document.getObject("error", new JsonObject()));
            }
            if (document.has("result")) {
                return document.getObject("result", new JsonObject());
            }
            progress.accept(document.getObject("progress", new JsonObject()));
        }
    }

    private SocketChannel connect() throws ControlProblem {
        long start = System.nanoTime();
        while (System.nanoTime() - start < CONNECT_MAX.toNanos()) {
            SocketChannel channel = attempt();
            if (channel != null) {
                return channel;
            }
            pause();
        }
        throw new ControlProblem(
                ErrorCode.ESRCH,
                "the JVM at '" + socket + "' takes no connection; is it stopped or hanging?");
    }

    /** Null while the listener's queue is full: a local connection is made at once or not at all. */
    private @Nullable SocketChannel attempt() throws ControlProblem {
        SocketChannel channel = null;
        boolean connected = false;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            if (connected) {
                checkListener(channel);
            }
            return connected ? channel : null;
        } catch (IOException | IllegalArgumentException refused) {
            connected = false;
            if (isQueueFull(refused)) {
                return null;
            }
            throw new ControlProblem(ErrorCode.ESRCH, "no JLP agent listens at '" + socket + "'");
        } finally {
            close(channel, connected);
        }
    }

    /** The system says "try again", for which Java has no exception of its own; the others have one. */
    private boolean isQueueFull(Exception refused) {
        return refused.getClass() == SocketException.class && Files.exists(socket);
    }

    /** A socket in a shared folder could be anybody's. Root may talk to everybody's. */
    private void checkListener(SocketChannel channel) throws IOException, ControlProblem {
        UserPrincipal listener = Peers.of(channel);
        if (!Peers.trusted(listener) && !Peers.isRoot(Peers.own())) {
            channel.close();
            throw new ControlProblem(
                    ErrorCode.EPERM,
                    "what listens at '" + socket + "' belongs to another user, '"
                            + listener.getName() + "'");
        }
    }

    private static void close(@Nullable SocketChannel channel, boolean connected) {
        try {
            if (channel != null && !connected) {
                channel.close();
            }
        } catch (IOException gone) {
            // It never was of use.
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
    }
}
