package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

/** Disables a patch and waits until no thread runs it any more. */
@Command(
        name = "disable",
        description = "Disables an enabled patch and waits for its transition.",
        customSynopsis = "jlp disable [OPTIONS] (PID | --all MATCH) NAME",
        mixinStandardHelpOptions = true)
final class DisableCommand extends JvmCommand {

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the event log.")
    private @Nullable String reason;

    @Override
    List<String> operandNames() {
        return List.of("NAME");
    }

    @Override
    void check(List<String> operands) {
        String contradiction = waiting.contradiction();
        if (contradiction != null) {
            throw wrong(contradiction);
        }
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        String name = operands.get(0);
        Agent agent = Agent.present(pid);
        JsonObject arguments = Documents.of("name", name);
        if (reason != null) {
            arguments.put("reason", reason);
        }
        JsonObject answer = new JsonObject(agent.call("disable", arguments));
        if (!Documents.string(answer, "state").equals("transition") || waiting.none()) {
            return Outcome.done(answer, text(answer, pid));
        }
        ProgressLine display = new ProgressLine(
                command().commandLine().getErr(), ProgressLine.isTerminal(2), json);
        Waiting.Ending ending =
                new Waiting(agent, name, Waiting.Wish.DISABLE, waiting, display).await();
        answer.put("state", ending.state());
        answer.put("forced", ending.forced());
        answer.put("seconds", ending.seconds());
        return new Outcome(answer, text(answer, pid), ending.exit());
    }

    private static String text(JsonObject answer, long pid) {
        String title = StatusText.title(answer, "patch");
        if (Documents.string(answer, "state").equals("transition")) {
            return title + " is in transition; 'jlp status " + pid + "' shows how far it is\n";
        }
        return title + " is disabled: every thread runs the original bodies"
                + (answer.has("seconds") ? " (" + answer.get("seconds") + " s)" : "")
                + (Documents.flag(answer, "forced")
                        ? ", by force: threads may still run the new ones\n"
                        : "\n");
    }
}
