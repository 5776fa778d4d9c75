package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;

/** Patches, transition, targets and what blocks. */
@Command(
        name = "status",
        description =
                "Shows the patches of a JVM, their targets, and the running transition with what blocks it.",
        customSynopsis = "jlp status [OPTIONS] (PID | --all MATCH) [NAME]",
        mixinStandardHelpOptions = true)
final class StatusCommand extends JvmCommand {

    private static final long INTERVAL_MILLIS = 1000;
    private static final String CLEAR_SCREEN = "\033[H\033[2J";

    @Option(names = "--watch", description = "Shows it again every second; JSON lines with --json.")
    private boolean watch;

    @Option(
            names = {"-v", "--verbose"},
            description = "Shows every class and method.")
    private boolean verbose;

    @Override
    List<String> operandNames() {
        return List.of("[NAME]");
    }

    @Override
    void check(List<String> operands) {
        if (watch && many()) {
            throw wrong("--watch takes one JVM, not --all");
        }
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject arguments =
                operands.isEmpty() ? new JsonObject() : Documents.of("name", operands.get(0));
        Agent agent = Agent.present(pid);
        while (watch) {
            show(agent.call("status", arguments));
            if (!Pause.uninterrupted(INTERVAL_MILLIS)) {
                return Outcome.done(new JsonObject(), "");
            }
        }
        JsonObject answer = agent.call("status", arguments);
        return Outcome.done(answer, StatusText.status(answer, verbose));
    }

    private void show(JsonObject answer) {
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            Documents.print(answer, out);
            return;
        }
        String before = ProgressLine.isTerminal(1) ? CLEAR_SCREEN : "";
        out.println(before + StatusText.status(answer, verbose));
        out.flush();
    }
}
