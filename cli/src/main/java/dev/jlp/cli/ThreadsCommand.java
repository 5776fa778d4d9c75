package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import picocli.CommandLine.Command;

import java.util.List;

/** Each thread and how it stands to the running transition. */
@Command(
        name = "threads",
        description =
                "Shows each thread with its patch_state: -1 no transition, 0 unpatched, 1 patched.",
        customSynopsis = "jlp threads [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class ThreadsCommand extends JvmCommand {

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        JsonObject answer = Agent.present(pid).call("threads", new JsonObject());
        return Outcome.done(answer, text(answer));
    }

    static String text(JsonObject answer) {
        Table table = new Table("ID", "THREAD", "STATE", "PATCH_STATE", "CLEARED", "HELD BY");
        for (JsonObject thread : Documents.objects(answer, "threads")) {
            String name = Documents.string(thread, "name");
            String holds = Documents.string(thread, "holds");
            String why = Documents.string(thread, "why");
            table.row(
                    Documents.string(thread, "id"),
                    Documents.flag(thread, "virtual") ? name + " (virtual)" : name,
                    Documents.string(thread, "state"),
                    Documents.string(thread, "patch_state"),
                    Documents.flag(thread, "cleared") ? "yes" : "no",
                    why.contains(holds) ? why : Words.joined(": ", holds, why));
        }
        return StatusText.transition(answer) + table;
    }
}
