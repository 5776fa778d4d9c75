package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/** Turns the running transition round. */
@Command(
        name = "reverse",
        description = "Reverses the running transition.",
        customSynopsis = "jlp reverse [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ReverseCommand extends JvmCommand {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the event log.")
    private @Nullable String reason;

    @Override
    List<String> operandNames() {
        return List.of();
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject arguments = reason == null ? new JsonObject() : Documents.of("reason", reason);
        JsonObject answer = Agent.present(pid).call("reverse", arguments);
        return Outcome.done(
                answer,
                "'" + Documents.string(answer, "patch") + "' reversed: its threads now become "
                        + Documents.string(answer, "goal") + "; 'jlp status " + pid
                        + "' shows how far they are\n");
    }
}
