package dev.jlp.cli;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Conflicts;
import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.Plan;
import dev.jlp.engine.Refusal;
import dev.jlp.patch.PatchFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What would happen if patches were loaded in this order; needs no JVM. */
@Command(
        name = "plan",
        description = {
            "Shows what would happen if these patches were loaded in this order into a JVM without patches: what each"
                    + " replaces, drops and conflicts with, and whose bodies are in force after each step.",
            "Ends with the exit code of the first load that would be refused."
        },
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATCH", arity = "1..*", description = "The artifacts, in order.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--conflicts",
            paramLabel = "RULE",
            description = "As the agent's option: 'refuse' (default) or 'stack'.")
    private Conflicts conflicts = Conflicts.REFUSE;

    @Option(
            names = "--allow-drop",
            description = "A patch may drop fixes and states of those that it replaces.")
    private boolean allowDrop;

    @Option(
            names = "--allow-downgrade",
            description = "A patch may have a lower version than one of its set that was active.")
    private boolean allowDowngrade;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem {
        LoadOptions options = new LoadOptions(allowDowngrade, allowDrop, conflicts);
        Plan plan = Plan.of(entries(), options);
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Documents.print(PlanDocument.of(plan, files, options), out);
            } else {
                out.print(PlanText.of(plan));
            }
        }
        return plan.firstRefusal().map(PlanCommand::exit).orElse(0);
    }

    private List<PatchEntry> entries() throws ControlProblem {
        List<PatchEntry> entries = new ArrayList<>();
        for (String file : files) {
            byte[] artifact = Artifacts.bytes(file);
            entries.add(PatchEntry.loading(
                    Artifacts.parse(file, artifact), PatchFile.digest(artifact)));
        }
        return entries;
    }

    static int exit(Refusal refusal) {
        return ErrorCode.valueOf(refusal.code().name()).exit();
    }
}
