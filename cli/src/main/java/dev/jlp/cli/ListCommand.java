package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;

import java.util.List;

/** The patches in a JVM, a line each. */
@Command(
        name = "list",
        description = "Lists the patches in a JVM.",
        customSynopsis = "jlp list [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ListCommand extends JvmCommand {

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject answer = Agent.present(pid).call("list", new JsonObject());
        return Outcome.done(answer, StatusText.patches(answer) + StatusText.notLoaded(answer));
    }
}
