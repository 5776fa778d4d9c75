package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.Handler;
import dev.jlp.control.Request;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The verb {@code confirm}, and loads that ask for it; the other verbs go on to {@link Commands}. */
final class ConfirmingCommands implements Handler {

    private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

    private final Handler others;
    private final Worker worker;
    private final Confirmations confirmations;
    private final Optional<Duration> standard;

    /**
     * Wraps the other verbs.
     *
     * @param standard time of a load that says none; empty: it need not be confirmed
     */
    ConfirmingCommands(
            Handler others,
            Worker worker,
            Confirmations confirmations,
            Optional<Duration> standard) {
        this.others = others;
        this.worker = worker;
        this.confirmations = confirmations;
        this.standard = standard;
    }

    @Override
    public JsonObject handle(Request request, Peer peer, Predicate<JsonObject> progress)
            throws ControlProblem {
        JsonObject given = request.arguments();
        if (request.command().equals("confirm")) {
            String name = given.getString("name", "");
            return worker.call(() -> {
                confirmations.confirm(name, peer.user(), given.getString("reason", ""));
                return Commands.object("patch", name);
            });
        }
        if (!request.command().equals("load")) {
            return others.handle(request, peer, progress);
        }
        Optional<Duration> time = time(given);
        JsonObject answer = others.handle(request, peer, progress);
        if (!given.getBoolean("dry-run", false)) {
            String name = answer.getString("patch", "");
            worker.call(() -> {
                confirmations.expect(name, time, peer.user());
                return name;
            });
            time.ifPresent(limit -> answer.put("confirm_seconds", limit.toMillis() / 1e3));
        }
        return answer;
    }

    private Optional<Duration> time(JsonObject given) throws ControlProblem {
        if (!given.has("confirm")) {
            return standard;
        }
        if (!(given.get("confirm") instanceof Number millis)
                || millis.longValue() <= 0
                || millis.longValue() > YEAR_MILLIS) {
            throw new ControlProblem(
                    ErrorCode.EUSAGE,
                    "'confirm' is a number of milliseconds above 0, of a year at most");
        }
        return Optional.of(Duration.ofMillis(millis.longValue()));
    }
}
