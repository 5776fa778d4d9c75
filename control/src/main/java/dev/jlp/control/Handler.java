package dev.jlp.control;

import com.grack.nanojson.JsonObject;

import java.util.function.Predicate;

/** Carries out requests: the agent's side of the wire. Called by several threads at once. */
public interface Handler {

    /**
     * Carries out one request.
     *
     * @param request what is asked
     * @param peer who asks
     * @param progress takes one document to be shown before the answer (load, disable, follow);
     *     answers false once the client is gone, after which the handler may stop early. An empty
     *     document is not sent: it only asks whether the client is still there
     * @return the answer, without its {@code schema} number
     * @throws ControlProblem if it is refused or fails
     */
    JsonObject handle(Request request, Peer peer, Predicate<JsonObject> progress)
            throws ControlProblem;

    /**
     * Who is at the other end of a connection, as the operating system says.
     *
     * @param user the user's name
     */
    record Peer(String user) {}
}
