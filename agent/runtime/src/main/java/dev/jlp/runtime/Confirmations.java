package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Goal;
import dev.jlp.engine.Operation;
import dev.jlp.engine.Phase;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Patches that somebody has to confirm: one that nobody confirms in its time is disabled in the ordinary way. Used by
 * the worker only.
 *
 * <p>The time runs from the load on, transitions or not. When it is over, a load that is still going on is reversed,
 * and an enabled patch is disabled; another patch's transition is waited for. This goes on until the patch is not
 * active any more, whoever reverses what, or until it is confirmed after all.
 */
final class Confirmations implements Chore {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Livepatch livepatch;
    private final EventLog events;
    private final Map<String, Pending> pending = new HashMap<>();

    Confirmations(Livepatch livepatch, EventLog events) {
        this.livepatch = livepatch;
        this.events = events;
    }

    /**
     * A patch that is not confirmed.
     *
     * @param loaded when: the same patch may be loaded again before it is seen to have gone
     * @param time given to it
     * @param endNanos when it is over
     * @param dueNanos when something is to be done about it
     * @param user who loaded it
     */
    private record Pending(
            Instant loaded, Duration time, long endNanos, long dueNanos, String user) {

        Pending again(long nanos) {
            return new Pending(loaded, time, endNanos, nanos, user);
        }
    }

    /** From now on the patch has to be confirmed within this time, or it does not have to be. */
    void expect(String patch, Optional<Duration> time, String user) {
        pending.remove(patch);
        LoadedPatch loaded = livepatch.patches().get(patch);
        if (time.isPresent() && loaded != null) {
            long end = System.nanoTime() + time.get().toNanos();
            pending.put(patch, new Pending(loaded.loaded(), time.get(), end, end, user));
        }
    }

    /** The patch stays. */
    void confirm(String patch, String user, String reason) throws ControlProblem {
        forgetInactive();
        if (pending.remove(patch) == null) {
            throw new ControlProblem(
                    ErrorCode.EINVAL,
                    livepatch.list().find(patch).isEmpty()
                            ? "no patch named '" + patch + "' is loaded"
                            : "patch '" + patch + "' is not waiting to be confirmed");
        }
        String version = livepatch
                .list()
                .find(patch)
                .map(entry -> entry.version().text())
                .orElse("");
        events.log("confirmed", patch, version, "uid", user, "reason", reason);
    }

    /** Seconds until the patch is disabled, none below zero; empty if it does not have to be confirmed. */
    OptionalDouble secondsLeft(String patch) {
        Pending one = pending.get(patch);
        return one == null || !isActive(patch, one)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, (one.endNanos - System.nanoTime()) / 1e9));
    }

    @Override
    public long nanosUntilDue(long nowNanos) {
        return pending.values().stream()
                .mapToLong(one -> one.dueNanos - nowNanos)
                .min()
                .orElse(NEVER_NANOS);
    }

    @Override
    public boolean runIfDue(long nowNanos) {
        if (nanosUntilDue(nowNanos) > 0) {
            return false;
        }
        forgetInactive();
        boolean began = false;
        for (String patch : List.copyOf(pending.keySet())) {
            Pending one = pending.get(patch);
            if (one != null && one.dueNanos - nowNanos <= 0) {
                pending.put(patch, one.again(nowNanos + RETRY_NANOS));
                began |= takeBack(patch, one);
            }
        }
        return began;
    }

    /** Whether it could be begun; if not it is tried again. */
    private boolean takeBack(String patch, Pending one) {
        String reason = "not confirmed within " + one.time.toMillis() + " ms";
        Running now = livepatch.running();
        try {
            if (now == null) {
                livepatch.disable(patch, one.user, reason, true);
                return true;
            }
            if (now.patch.name().equals(patch) && isLoading(now)) {
                livepatch.transitions().reverse(one.user, reason);
                return true;
            }
        } catch (ControlProblem notNow) {
            Contained.report(
                    "patch '" + patch + "' was " + reason + " and is not disabled yet", notNow);
        }
        return false;
    }

    private static boolean isLoading(Running now) {
        return now.state.operation() == Operation.LOAD
                && now.state.goal() == Goal.PATCHED
                && now.state.phase() == Phase.SWITCHING
                && !now.state.forced();
    }

    /** Disabled, replaced, unloaded or loaded anew: there is nothing to be confirmed. */
    private void forgetInactive() {
        pending.entrySet().removeIf(each -> !isActive(each.getKey(), each.getValue()));
    }

    private boolean isActive(String patch, Pending one) {
        LoadedPatch there = livepatch.patches().get(patch);
        return there != null
                && there.loaded().equals(one.loaded)
                && livepatch.list().find(patch).stream()
                        .anyMatch(entry -> entry.life().isActive());
    }
}
