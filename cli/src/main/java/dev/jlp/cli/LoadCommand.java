package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.Request;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Loads a patch and waits until every thread runs it. */
@Command(
        name = "load",
        description =
                "Loads a patch into a JVM, attaching the agent if need be, and waits for its transition.",
        customSynopsis = "jlp load [OPTIONS] (PID | --all MATCH) PATCH",
        mixinStandardHelpOptions = true)
final class LoadCommand extends WaitingCommand {

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

    @Option(
            names = "--confirm",
            paramLabel = "T",
            converter = Durations.class,
            description =
                    "Time within which 'jlp confirm' has to follow, like 30s or 5m; else the patch is disabled.")
    private @Nullable Duration confirm;

    private byte[] artifact = new byte[0];
    private List<String> cautions = List.of();

    @Override
    List<String> operandNames() {
        return List.of("PATCH");
    }

    @Override
    void check(List<String> operands) throws ControlProblem {
        super.check(operands);
        if (confirm != null && confirm.isZero()) {
            throw wrong("--confirm takes a time above 0");
        }
        artifact = Artifacts.bytes(operands.get(0));
        cautions = Cautions.of(Artifacts.parse(operands.get(0), artifact));
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        Agent agent = Agent.attached(pid, command().commandLine().getErr());
        JsonObject answer = agent.call(new Request("load", arguments(), artifact));
        Cautions.add(cautions, answer);
        return await(agent, answer, Waiting.Wish.LOAD);
    }

    private JsonObject arguments() {
        JsonObject arguments = reason.arguments();
        arguments.put("dry-run", dryRun);
        arguments.put("allow-mismatch", allowMismatch);
        arguments.put("allow-downgrade", allowDowngrade);
        arguments.put("allow-drop", allowDrop);
        arguments.put("require-target", requireTarget);
        if (confirm != null) {
            arguments.put("confirm", confirm.toMillis());
        }
        return arguments;
    }

    @Override
    String text(JsonObject answer, long pid) {
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
        text.append(StatusText.took(answer));
        text.append(
                Documents.flag(answer, "forced")
                        ? ", by force: threads may still run the original ones\n"
                        : "\n");
        if (answer.has("confirm_seconds")) {
            text.append("  disabled again unless it is confirmed within ")
                    .append(Durations.text(answer.getDouble("confirm_seconds")))
                    .append(" of its load: 'jlp confirm ")
                    .append(pid)
                    .append(' ')
                    .append(Documents.string(answer, "patch"))
                    .append("'\n");
        }
        JsonObject verdicts = answer.getObject("verdicts", new JsonObject());
        List<String> counts = new ArrayList<>();
        verdicts.forEach((verdict, any) ->
                counts.add(Words.count(verdicts.getInt(verdict), "method") + ' ' + verdict));
        text.append(counts.isEmpty() ? "" : "  " + String.join(", ", counts) + "\n");
        for (String warning : Documents.strings(answer, "warnings")) {
            text.append("  warning: ").append(warning).append('\n');
        }
        return text.toString();
    }
}
