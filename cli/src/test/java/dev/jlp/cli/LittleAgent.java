package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.Handler;
import dev.jlp.control.Request;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A small agent that knows one patch, and whose transitions last as many looks as the test says. */
final class LittleAgent implements Handler {

    static final String PATCH = "faster";
    static final int FOR_EVER = Integer.MAX_VALUE;

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private @Nullable String goal;
    private String operation = "load";
    private String state = "";
    private int looksLeft;
    private int looksToReverse;
    private int looksUntilForced = FOR_EVER;
    private int reversals;
    private boolean forced;
    private @Nullable ControlProblem refusal;

    /** A transition ends at this look, and its reversal after that many more. */
    LittleAgent lasting(int looks, int reversalLooks) {
        looksLeft = looks;
        looksToReverse = reversalLooks;
        return this;
    }

    LittleAgent forcedAtLook(int look) {
        looksUntilForced = look;
        return this;
    }

    LittleAgent refusing(ErrorCode code, String message) {
        refusal = new ControlProblem(code, message, Documents.of("patch", "other"));
        return this;
    }

    LittleAgent enabled() {
        state = "enabled";
        return this;
    }

    List<String> commands() {
        return requests.stream().map(Request::command).toList();
    }

    Request first(String command) {
        return requests.stream()
                .filter(one -> one.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized JsonObject handle(
            Request request, Peer peer, Predicate<JsonObject> progress) throws ControlProblem {
        requests.add(request);
        if (refusal != null) {
            throw refusal;
        }
        return switch (request.command()) {
            case "load" -> begin("load", "patched");
            case "disable" -> begin("disable", "unpatched");
            case "reverse" -> reverse();
            case "status" -> look();
            case "list" -> Documents.of("patches", patches());
            case "ping" -> Documents.of("agent", "0.1.0");
            case "events" -> events(progress);
            default -> new JsonObject();
        };
    }

    private JsonObject begin(String what, String towards) {
        operation = what;
        goal = towards;
        state = what.equals("load") ? "enabling" : "disabling";
        JsonObject answer = new JsonObject();
        answer.put("patch", PATCH);
        answer.put("version", "1.2");
        answer.put("state", "transition");
        answer.put("warnings", JsonArray.from("class 'a.B' is not loaded"));
        answer.put("verdicts", Documents.of("patchable", 3));
        return answer;
    }

    private JsonObject reverse() throws ControlProblem {
        if (goal == null) {
            throw new ControlProblem(ErrorCode.EINVAL, "no transition runs");
        }
        goal = goal.equals("patched") ? "unpatched" : "patched";
        reversals++;
        looksLeft = looksToReverse;
        JsonObject answer = Documents.of("patch", PATCH);
        answer.put("goal", goal);
        return answer;
    }

    private JsonObject look() {
        looksUntilForced--;
        if (looksUntilForced <= 0) {
            forced = true;
            looksLeft = 0;
        }
        if (goal != null && looksLeft-- <= 0) {
            state = goal.equals("patched") ? "enabled" : "disabled";
            goal = null;
        }
        JsonObject status = Documents.of("pid", JvmProcess.self());
        status.put("transition", goal == null ? null : transition(goal));
        status.put("patches", patches());
        JsonObject blocker = Documents.of("thread", "worker");
        blocker.put("method", "shop.Cart.price");
        status.put("blockers", goal == null ? new JsonArray() : JsonArray.from(blocker));
        return status;
    }

    private JsonObject transition(String towards) {
        JsonObject transition = Documents.of("patch", PATCH);
        transition.put("operation", operation);
        transition.put("goal", towards);
        transition.put("reversals", reversals);
        transition.put("threads", 12);
        transition.put("pending", 1);
        return transition;
    }

    private JsonArray patches() {
        JsonObject patch = Documents.of("name", PATCH);
        patch.put("version", "1.2");
        patch.put("state", state);
        patch.put("force", forced ? 1 : 0);
        return state.isEmpty() ? new JsonArray() : JsonArray.from(patch);
    }

    private static JsonObject events(Predicate<JsonObject> progress) {
        JsonObject event = Documents.of("seq", 1);
        event.put("event", "patched");
        boolean there = progress.test(event);
        return Documents.of("events", there ? JsonArray.from(event) : new JsonArray());
    }
}
