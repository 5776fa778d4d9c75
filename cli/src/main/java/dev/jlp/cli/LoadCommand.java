package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.Request;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Loads a patch and waits until every thread runs it. */
@Command(
        name = "load",
        description =
                "Loads a patch into a JVM, attaching the agent if need be, and waits for its transition.",
        customSynopsis = "jlp load [OPTIONS] (PID | --all MATCH) PATCH",
        mixinStandardHelpOptions = true)
final class LoadCommand extends JvmCommand {

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    @Option(names = "--dry-run", description = "Do everything that has no effect, and no more.")
    private boolean dryRun;

    @Option(
            names = "--allow-mismatch",
            description = "Leave out what is not the code the patch was built for.")
    private boolean allowMismatch;

    @Option(
            names = "--allow-downgrade",
            description = "Take a version lower than one that was active here.")
    private boolean allowDowngrade;

    @Option(
            names = "--allow-drop",
            description = "Replace patches although fixes of theirs are lost.")
    private boolean allowDrop;

    @Option(
            names = "--require-target",
            description = "Refuse if no class of the patch's targets is there.")
    private boolean requireTarget;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the event log.")
    private @Nullable String reason;

    private byte[] artifact = new byte[0];

    @Override
    List<String> operandNames() {
        return List.of("PATCH");
    }

    @Override
    void check(List<String> operands) throws ControlProblem {
        String contradiction = waiting.contradiction();
        if (contradiction != null) {
            throw wrong(contradiction);
        }
        artifact = Artifacts.read(operands.get(0));
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        PrintWriter err = command().commandLine().getErr();
        Agent agent = Agent.attached(pid, err);
        JsonObject answer = new JsonObject(agent.call(new Request("load", arguments(), artifact)));
        String patch = Documents.string(answer, "patch");
        if (!Documents.string(answer, "state").equals("transition") || waiting.none()) {
            return Outcome.done(answer, text(answer, pid));
        }
        ProgressLine display = new ProgressLine(err, ProgressLine.isTerminal(2), json);
        Waiting.Ending ending =
                new Waiting(agent, patch, Waiting.Wish.LOAD, waiting, display).await();
        answer.put("state", ending.state());
        answer.put("forced", ending.forced());
        answer.put("seconds", ending.seconds());
        return new Outcome(answer, text(answer, pid), ending.exit());
    }

    private JsonObject arguments() {
        JsonObject arguments = new JsonObject();
        arguments.put("dry-run", dryRun);
        arguments.put("allow-mismatch", allowMismatch);
        arguments.put("allow-downgrade", allowDowngrade);
        arguments.put("allow-drop", allowDrop);
        arguments.put("require-target", requireTarget);
        if (reason != null) {
            arguments.put("reason", reason);
        }
        return arguments;
    }

    static String text(JsonObject answer, long pid) {
        StringBuilder text = new StringBuilder();
        text.append(StatusText.title(answer, "patch")).append(' ');
        text.append(
                switch (Documents.string(answer, "state")) {
                    case "enabled" -> "is enabled: every thread runs the new bodies";
                    case "waiting" ->
                        "is loaded and waiting: no class of its targets is there, so it changes"
                                + " nothing yet";
                    case "dry-run" -> "would load; nothing was changed";
                    case "transition" ->
                        "is in transition; 'jlp status " + pid + "' shows how far it is";
                    default -> "is " + Documents.string(answer, "state");
                });
        if (answer.has("seconds")) {
            text.append(" (").append(answer.get("seconds")).append(" s)");
        }
        text.append(
                Documents.flag(answer, "forced")
                        ? ", by force: threads may still run the original ones\n"
                        : "\n");
        JsonObject verdicts = Documents.object(answer, "verdicts");
        if (verdicts != null && !verdicts.isEmpty()) {
            text.append("  classes and methods:");
            for (Map.Entry<String, Object> verdict : verdicts.entrySet()) {
                text.append(' ').append(verdict.getValue()).append(' ').append(verdict.getKey());
            }
            text.append('\n');
        }
        for (String warning : Documents.strings(answer, "warnings")) {
            text.append("  warning: ").append(warning).append('\n');
        }
        return text.toString();
    }
}
