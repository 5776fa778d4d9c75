package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** Turns the running transition round. */
@Command(
        name = "reverse",
        description = "Reverses the running transition.",
        customSynopsis = "jlp reverse [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ReverseCommand extends JvmCommand {

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject answer = Agent.present(pid).call("reverse", reason.arguments());
        return Outcome.done(
                answer,
                "'" + Documents.string(answer, "patch") + "' reversed: its threads now become "
                        + Documents.string(answer, "goal") + "; 'jlp status " + pid
                        + "' shows how far they are\n");
    }
}
