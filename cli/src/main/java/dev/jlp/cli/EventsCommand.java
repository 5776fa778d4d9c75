package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.Request;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The event log, a line each. */
@Command(
        name = "events",
        description = "Prints the event log of a JVM.",
        customSynopsis = "jlp events [OPTIONS] (PID | --all MATCH)",
        mixinStandardHelpOptions = true)
final class EventsCommand extends JvmCommand {

    private static final Set<String> LEADING = Set.of("seq", "time", "event", "patch", "version");

    @Option(
            names = "--follow",
            description = "Goes on with new events until interrupted; JSON lines with --json.")
    private boolean follow;

    @Override
    void check(List<String> operands) {
        if (follow && many()) {
            throw wrong("--follow takes one JVM, not --all");
        }
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        Agent agent = Agent.present(pid);
        if (follow) {
            PrintWriter out = command().commandLine().getOut();
            Request request = new Request("events", Documents.of("follow", true));
            agent.follow(request, event -> {
                out.println(json ? JsonWriter.string(event) : line(event));
                out.flush();
            });
            return Outcome.done(new JsonObject(), "");
        }
        JsonObject answer = agent.call("events", new JsonObject());
        StringBuilder text = new StringBuilder();
        for (JsonObject event : Documents.objects(answer, "events")) {
            text.append(line(event)).append('\n');
        }
        return Outcome.done(answer, text.toString());
    }

    static String line(JsonObject event) {
        List<String> parts = new ArrayList<>();
        parts.add(StatusText.moment(Documents.string(event, "time"), 3));
        parts.add(String.format(Locale.ROOT, "%-18s", Documents.string(event, "event")));
        String patch = Documents.string(event, "patch");
        if (!patch.isEmpty()) {
            parts.add(("'" + patch + "' " + Documents.string(event, "version")).strip());
        }
        for (Map.Entry<String, Object> member : event.entrySet()) {
            String value = member.getValue() instanceof JsonArray
                    ? Words.some(Documents.strings(event, member.getKey()))
                    : Documents.string(event, member.getKey());
            if (!LEADING.contains(member.getKey()) && !value.isEmpty()) {
                parts.add(
                        member.getKey() + "=" + (value.contains(" ") ? "'" + value + "'" : value));
            }
        }
        return String.join(" ", parts).stripTrailing();
    }
}
