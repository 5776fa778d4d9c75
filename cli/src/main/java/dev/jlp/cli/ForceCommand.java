package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/** Ends the running transition although threads still run the other bodies; exit code 10 says so. */
@Command(
        name = "force",
        description =
                "Forces the running transition to its end: threads that block it keep the other bodies.",
        customSynopsis = "jlp force [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ForceCommand extends JvmCommand {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the event log.")
    private @Nullable String reason;

    @Override
    List<String> operandNames() {
        return List.of();
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject arguments = reason == null ? new JsonObject() : Documents.of("reason", reason);
        JsonObject answer = Agent.present(pid).call("force", arguments);
        List<String> forced = Documents.strings(answer, "forced");
        String text = "'" + Documents.string(answer, "patch") + "' is forced to "
                + Documents.string(answer, "goal") + ", past " + forced.size() + " threads"
                + (forced.isEmpty() ? "" : ": " + String.join(", ", forced)) + "\n";
        return new Outcome(answer, text, Waiting.EXIT_FORCED);
    }
}
