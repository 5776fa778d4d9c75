package dev.jlp.control;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParserException;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.function.Predicate;

/** One connection seen from the agent: a request, progress, one answer. */
final class Conversation {

    static final int PROTOCOL = 1;

    /** A request without its attachment is a verb and a few options. */
    private static final int REQUEST_BYTES_MAX = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SocketChannel connection;
    private final Handler handler;

    Conversation(SocketChannel connection, Handler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    /** Reads, carries out and answers. A border: nothing gets out of here. */
    void hold() {
        try (Wire wire = new Wire(connection)) {
            wire.write(Json.bytes(answer(wire)), PATIENCE);
        } catch (Throwable gone) {
            // A client that went away, stalled or sent half a frame: there is nobody to tell.
        }
    }

    /** Answers without having read or asked anything. */
    void refuse(String message) {
        try (Wire wire = new Wire(connection)) {
            wire.write(
                    Json.bytes(Json.error(ErrorCode.EIO, message, new JsonObject())),
                    Duration.ZERO);
        } catch (IOException gone) {
            // The same.
        }
    }

    private JsonObject answer(Wire wire) throws IOException {
        try {
            UserPrincipal peer = Peers.of(connection);
            if (!Peers.trusted(peer)) {
                throw new ControlProblem(
                        ErrorCode.EPERM,
                        "'" + peer.getName() + "' is neither the user of this JVM nor root");
            }
            Request request = request(wire);
            return Json.of(
                    "result",
                    handler.handle(request, new Handler.Peer(peer.getName()), new Progress(wire)));
        } catch (ControlProblem refused) {
            return Json.error(refused.code(), refused.getMessage(), refused.details());
        } catch (IOException gone) {
            throw gone;
        } catch (Throwable broken) {
            return Json.error(ErrorCode.EIO, "the agent failed: " + broken, new JsonObject());
        }
    }

    private static Request request(Wire wire) throws IOException, ControlProblem {
        JsonObject document;
        try {
            document = Json.parse(wire.read(REQUEST_BYTES_MAX, PATIENCE));
        } catch (JsonParserException garbage) {
            throw new ControlProblem(ErrorCode.EUSAGE, "the request is not a JSON object");
        }
        int protocol = document.getInt("protocol", 0);
        if (protocol != PROTOCOL) {
            throw new ControlProblem(
                    ErrorCode.ESRCH,
                    "this agent speaks protocol " + PROTOCOL + ", the request has " + protocol);
        }
        byte[] attachment = wire.read(Wire.FRAME_BYTES_MAX, PATIENCE);
        return new Request(
                document.getString("command", ""),
                document.getObject("arguments", new JsonObject()),
                attachment);
    }

    /** Sends progress; knows when nobody listens any more. */
    private static final class Progress implements Predicate<JsonObject> {

        private final Wire wire;
        private boolean gone;

        Progress(Wire wire) {
            this.wire = wire;
        }

        @Override
        public boolean test(JsonObject document) {
            gone = gone || wire.gone() || (!document.isEmpty() && !sent(document));
            return !gone;
        }

        private boolean sent(JsonObject document) {
            try {
                wire.write(Json.bytes(Json.of("progress", document)), PATIENCE);
                return true;
            } catch (IOException closed) {
                return false;
            }
        }
    }
}
