package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Mixin;

import java.util.List;

/** A command that starts a transition and waits for its end. */
abstract sealed class WaitingCommand extends JvmCommand permits LoadCommand, DisableCommand {

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    @Mixin
    protected final ReasonOption reason = new ReasonOption();

    @Override
    void check(List<String> operands) throws ControlProblem {
        String contradiction = waiting.contradiction();
        if (contradiction != null) {
            throw wrong(contradiction);
        }
    }

    /** The answer of an agent that has started a transition, and how it ended. */
    final Outcome await(Agent agent, JsonObject answer, Waiting.Wish wish) throws ControlProblem {
        if (!Documents.string(answer, "state").equals("transition") || waiting.none()) {
            return Outcome.done(answer, text(answer, agent.pid()));
        }
        ProgressLine display = new ProgressLine(
                command().commandLine().getErr(), ProgressLine.isTerminal(2), json);
        String patch = Documents.string(answer, "patch");
        Waiting.Ending ending = new Waiting(agent, patch, wish, waiting, display).await();
        JsonObject ended = new JsonObject(answer);
        ended.put("state", ending.state());
        ended.put("forced", ending.forced());
        ended.put("seconds", ending.seconds());
        return new Outcome(ended, text(ended, agent.pid()), ending.exit());
    }

    /** The answer for people. */
    abstract String text(JsonObject answer, long pid);
}
