package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.Handler;
import dev.jlp.control.Request;
import dev.jlp.engine.LoadOptions;

import java.util.List;
import java.util.function.Predicate;

/** The verbs of {@code docs/control-protocol.md}. */
final class Commands implements Handler {

    private final Livepatch livepatch;
    private final Worker worker;
    private final EventLog events;
    private final Documents documents;

    Commands(Livepatch livepatch, Worker worker, EventLog events, Documents documents) {
        this.livepatch = livepatch;
        this.worker = worker;
        this.events = events;
        this.documents = documents;
    }

    @Override
    public JsonObject handle(Request request, Peer peer, Predicate<JsonObject> progress)
            throws ControlProblem {
        JsonObject arguments = request.arguments();
        String name = arguments.getString("name", "");
        String reason = arguments.getString("reason", "");
        return switch (request.command()) {
            case "ping" -> worker.call(documents::ping);
            case "load" -> load(request, peer);
            case "disable" ->
                worker.change(() -> disable(
                        name, peer.user(), reason, arguments.getBoolean("allow-downgrade", false)));
            case "reverse" ->
                worker.change(() -> {
                    JsonObject answer = documents.transitionName();
                    answer.put(
                            "goal",
                            livepatch.transitions().reverse(peer.user(), reason).word());
                    return answer;
                });
            case "force" ->
                worker.change(() -> {
                    List<String> forced = livepatch.transitions().force(peer.user(), reason);
                    JsonObject answer = documents.transitionName();
                    answer.put("goal", documents.goal());
                    answer.put("forced", new JsonArray(forced));
                    return answer;
                });
            case "unload" ->
                worker.call(() -> {
                    livepatch.unload(name);
                    return object("patch", name);
                });
            case "status" -> worker.call(() -> documents.status(name));
            case "list" -> worker.call(documents::list);
            case "threads" -> worker.call(documents::threads);
            case "doctor" ->
                worker.call(() -> new Doctor(livepatch, documents).examine(request.attachment()));
            case "events" ->
                arguments.getBoolean("follow", false)
                        ? follow(progress)
                        : object("events", events.all());
            default ->
                throw new ControlProblem(
                        ErrorCode.ESRCH,
                        "the agent in this JVM does not know the command '" + request.command()
                                + "'");
        };
    }

    private JsonObject load(Request request, Peer peer) throws ControlProblem {
        JsonObject given = request.arguments();
        LoadRequest load = new LoadRequest(
                given.getBoolean("dry-run", false),
                given.getBoolean("allow-mismatch", false),
                given.getBoolean("require-target", false),
                new LoadOptions(
                        given.getBoolean("allow-downgrade", false),
                        given.getBoolean("allow-drop", false),
                        livepatch.policy().conflicts()),
                peer.user(),
                given.getString("reason", ""));
        return worker.change(() -> {
            LoadAnswer answer = livepatch.load(request.attachment(), load);
            JsonObject document = object("patch", answer.patch().name());
            document.put("version", answer.patch().version());
            document.put("state", answer.state());
            document.put("warnings", new JsonArray(documents.warnings(answer)));
            document.put("verdicts", new JsonObject(answer.examination().counts()));
            return document;
        });
    }

    private JsonObject disable(String name, String user, String reason, boolean allowDowngrade)
            throws ControlProblem {
        String version = livepatch.disable(name, user, reason, allowDowngrade);
        JsonObject answer = object("patch", name);
        answer.put("version", version);
        answer.put("state", "transition");
        return answer;
    }

    private JsonObject follow(Predicate<JsonObject> progress) {
        long last = 0;
        boolean there = true;
        while (there) {
            try {
                for (JsonObject event : events.awaitAfter(last)) {
                    last = event.getLong("seq");
                    there = there && progress.test(event);
                }
                there = there && progress.test(new JsonObject()); // where nothing happens, too
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                there = false;
            }
        }
        return new JsonObject();
    }

    static JsonObject object(String key, Object value) {
        JsonObject object = new JsonObject();
        object.put(key, value);
        return object;
    }
}
