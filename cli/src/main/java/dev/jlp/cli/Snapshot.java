package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One patch at one moment, out of a status document.
 *
 * @param state as the agent calls it; empty if the patch is not listed
 * @param forced whether it was ever forced
 * @param transition its running transition, or null
 * @param blockers what its transition waits for
 */
record Snapshot(
        String state, boolean forced, @Nullable JsonObject transition, List<JsonObject> blockers) {

    static Snapshot of(JsonObject status, String patch) {
        String state = "";
        boolean forced = false;
        for (JsonObject listed : Documents.objects(status, "patches")) {
            if (Documents.string(listed, "name").equals(patch)) {
                state = Documents.string(listed, "state");
                forced = Documents.flag(listed, "force");
            }
        }
        JsonObject transition = Documents.object(status, "transition");
        boolean own =
                transition != null && Documents.string(transition, "patch").equals(patch);
        return new Snapshot(
                state, forced, own ? transition : null, Documents.objects(status, "blockers"));
    }

    boolean heading(String goal) {
        return transition != null && Documents.string(transition, "goal").equals(goal);
    }

    /** How far it is and what holds it, without the time. */
    String progress() {
        if (transition == null) {
            return state;
        }
        int threads = transition.getInt("threads", 0);
        int switched = threads - transition.getInt("pending", 0);
        String held = holder();
        return switched + " of " + threads + " threads are " + Documents.string(transition, "goal")
                + (held.isEmpty() ? "" : "; waiting for " + held);
    }

    /** The first blocker with its method, else what can't be seen; empty if neither is known. */
    String holder() {
        if (blockers.isEmpty()) {
            return transition == null ? "" : Documents.string(transition, "unlisted");
        }
        JsonObject first = blockers.get(0);
        String method = Documents.string(first, "method");
        String more = blockers.size() > 1 ? " and " + (blockers.size() - 1) + " more" : "";
        return "thread '" + Documents.string(first, "thread") + "'"
                + (method.isEmpty() ? "" : " in " + method) + more;
    }
}
