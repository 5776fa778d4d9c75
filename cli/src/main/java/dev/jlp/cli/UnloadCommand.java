package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;

import java.util.List;

/** Takes a disabled or replaced patch off the list. */
@Command(
        name = "unload",
        description = "Unloads a patch that is disabled or replaced.",
        customSynopsis = "jlp unload [OPTIONS] (PID | --all MATCH) NAME",
        mixinStandardHelpOptions = true)
final class UnloadCommand extends JvmCommand {

    @Override
    List<String> operandNames() {
        return List.of("NAME");
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject answer =
                Agent.present(pid).call("unload", Documents.of("name", operands.get(0)));
        return Outcome.done(answer, "'" + operands.get(0) + "' is unloaded\n");
    }
}
