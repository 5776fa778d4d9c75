package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** Ends the running transition although threads still run the other bodies; exit code 10 says so. */
@Command(
        name = "force",
        description =
                "Forces the running transition to its end: threads that block it keep the other bodies.",
        customSynopsis = "jlp force [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ForceCommand extends JvmCommand {

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject answer = Agent.present(pid).call("force", reason.arguments());
        List<String> forced = Documents.strings(answer, "forced");
        String text = "'" + Documents.string(answer, "patch") + "' is forced to "
                + Documents.string(answer, "goal") + ", past "
                + Words.count(forced.size(), "thread")
                + (forced.isEmpty() ? "" : ": " + Words.some(forced)) + "\n";
        return new Outcome(answer, text, Waiting.EXIT_FORCED);
    }
}
