package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/** Disables a patch and waits until no thread runs it any more. */
@Command(
        name = "disable",
        description = "Disables an enabled patch and waits for its transition.",
        customSynopsis = "jlp disable [OPTIONS] (PID | --all MATCH) NAME",
        mixinStandardHelpOptions = true)
final class DisableCommand extends WaitingCommand {

    @Option(
            names = "--allow-downgrade",
            description =
                    "Also where a fix would go that is there without the patch (native=revert).")
    private boolean allowDowngrade;

    @Override
    List<String> operandNames() {
        return List.of("NAME");
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        Agent agent = Agent.present(pid);
        JsonObject arguments = reason.arguments();
        arguments.put("name", operands.get(0));
        arguments.put("allow-downgrade", allowDowngrade);
        return await(agent, agent.call("disable", arguments), Waiting.Wish.DISABLE);
    }

    @Override
    String text(JsonObject answer, long pid) {
        String title = StatusText.title(answer, "patch");
        if (Documents.string(answer, "state").equals("transition")) {
            return title + " is in transition; 'jlp status " + pid + "' shows how far it is\n";
        }
        return title + " is disabled: every thread runs the original bodies"
                + StatusText.took(answer)
                + (Documents.flag(answer, "forced")
                        ? ", by force: threads may still run the new ones\n"
                        : "\n");
    }
}
