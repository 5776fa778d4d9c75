package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import java.time.Duration;

/** Waits for the end of a transition that was started, and reverses it when time runs out. */
final class Waiting {

    /** Done, but by force. */
    static final int EXIT_FORCED = 10;

    private static final long POLL_MILLIS = 250;

    private final Agent agent;
    private final String patch;
    private final Wish wish;
    private final WaitOptions options;
    private final ProgressLine display;
    private final long start = System.nanoTime();
    private boolean forcedBefore;

    Waiting(Agent agent, String patch, Wish wish, WaitOptions options, ProgressLine display) {
        this.agent = agent;
        this.patch = patch;
        this.wish = wish;
        this.options = options;
        this.display = display;
    }

    /** What an operator wants of a patch. */
    enum Wish {
        LOAD("patched", "enabled", "the JVM runs the original code"),
        DISABLE("unpatched", "disabled", "it stays enabled");

        private final String goal;
        private final String state;
        private final String undone;

        Wish(String goal, String state, String undone) {
            this.goal = goal;
            this.state = state;
            this.undone = undone;
        }

        /** Whether a patch without a transition is in the state that was wished for. */
        boolean granted(String now) {
            return switch (now) {
                case "replaced" -> true;
                case "enabled", "waiting" -> this == LOAD;
                case "disabled", "" -> this == DISABLE;
                default -> false;
            };
        }
    }

    /**
     * The end of a transition as it was wished for.
     *
     * @param state of the patch
     * @param forced whether somebody forced it meanwhile
     * @param seconds since the wait began
     */
    record Ending(String state, boolean forced, double seconds) {

        int exit() {
            return forced ? EXIT_FORCED : 0;
        }
    }

    /** Waits as the options say. */
    Ending await() throws ControlProblem {
        try {
            Snapshot last = look();
            // A load starts unforced; for a disable, what was forced earlier does not count.
            forcedBefore = wish == Wish.DISABLE && last.forced();
            last = until(last, options.limit());
            return last.transition() == null ? ended(last) : late(last);
        } finally {
            display.end();
        }
    }

    private Snapshot until(Snapshot first, Duration limit) throws ControlProblem {
        long begin = System.nanoTime();
        Snapshot now = first;
        while (now.transition() != null) {
            display.show("'" + patch + "': " + now.progress(), seconds());
            long left = limit.toMillis() - (System.nanoTime() - begin) / 1_000_000;
            if (left <= 0) {
                return now;
            }
            pause(Math.min(left, POLL_MILLIS));
            now = look();
        }
        return now;
    }

    private Ending ended(Snapshot last) throws ControlProblem {
        if (wish.granted(last.state())) {
            String state = last.state().isEmpty() ? wish.state : last.state();
            return new Ending(state, last.forced() && !forcedBefore, seconds());
        }
        String listed = last.state().isEmpty() ? "not listed" : last.state();
        throw new ControlProblem(
                ErrorCode.EINVAL,
                "'" + patch + "' did not become " + wish.state
                        + ": somebody reversed or cancelled its transition; " + "it is " + listed
                        + " now; 'jlp events " + agent.pid() + "' says why",
                details(last, last.state()));
    }

    private Ending late(Snapshot last) throws ControlProblem {
        String holder = last.holder();
        String sentence = "'" + patch + "' did not become " + wish.state + " within "
                + Durations.text(options.limit()) + (holder.isEmpty() ? "" : ", held by " + holder);
        if (options.keep()) {
            throw timedOut(
                    sentence + "; its transition goes on: 'jlp status " + agent.pid()
                            + "' shows it, 'jlp reverse " + agent.pid() + "' undoes it",
                    last,
                    "transition");
        }
        Snapshot reversed = until(reverse(last), options.limit());
        if (reversed.transition() != null) {
            throw timedOut(
                    sentence + "; it is still being reversed: 'jlp status " + agent.pid()
                            + "' shows by whom it is held",
                    last,
                    "reversing");
        }
        if (wish.granted(reversed.state())) {
            return ended(reversed);
        }
        throw timedOut(sentence + "; it was reversed and " + wish.undone, last, reversed.state());
    }

    /** Turns it round unless somebody else did, or it has just ended. */
    private Snapshot reverse(Snapshot last) throws ControlProblem {
        if (last.heading(wish.goal)) {
            try {
                JsonObject answer = agent.call("reverse", Documents.of("reason", "time ran out"));
                if (Documents.string(answer, "goal").equals(wish.goal)) {
                    // Somebody reversed it just before; this takes our own reversal back.
                    agent.call("reverse", Documents.of("reason", "time ran out"));
                }
            } catch (ControlProblem over) {
                if (over.code() != ErrorCode.EINVAL) {
                    throw over;
                }
            }
        }
        return look();
    }

    private Snapshot look() throws ControlProblem {
        return Snapshot.of(agent.call("status", new JsonObject()), patch);
    }

    private ControlProblem timedOut(String sentence, Snapshot last, String state) {
        return new ControlProblem(ErrorCode.ETIMEDOUT, sentence, details(last, state));
    }

    private JsonObject details(Snapshot last, String state) {
        JsonObject details = Documents.of("patch", patch);
        details.put("state", state.isEmpty() ? "unloaded" : state);
        details.put("seconds", seconds());
        details.put("blockers", new JsonArray(last.blockers()));
        return details;
    }

    private double seconds() {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }

    private static void pause(long millis) throws ControlProblem {
        if (!Pause.uninterrupted(millis)) {
            throw new ControlProblem(ErrorCode.EIO, "interrupted; the transition goes on");
        }
    }
}
