package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** Lets a patch stay that would be disabled unasked. */
@Command(
        name = "confirm",
        description = "Confirms a patch that was loaded with --confirm: it stays.",
        customSynopsis = "jlp confirm [OPTIONS] (PID | --all MATCH) NAME",
        mixinStandardHelpOptions = true)
final class ConfirmCommand extends JvmCommand {

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    List<String> operandNames() {
        return List.of("NAME");
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject arguments = reason.arguments();
        arguments.put("name", operands.get(0));
        JsonObject answer = Agent.present(pid).call("confirm", arguments);
        return Outcome.done(answer, "'" + operands.get(0) + "' is confirmed: it stays\n");
    }
}
