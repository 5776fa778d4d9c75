package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The JVMs of this user, seen from outside; attaches to none. */
@Command(
        name = "ps",
        description =
                "Lists this user's JVMs: agent, patches, transition, and which can't be attached to and why.",
        mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(2);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonArray jvms = new JsonArray();
        Table table = new Table("PID", "MAIN", "JDK", "AGENT", "PATCHES", "TRANSITION", "NOTE");
        for (JvmProcess jvm : JvmProcess.all()) {
            JsonObject one = describe(jvm);
            jvms.add(one);
            table.row(
                    Documents.string(one, "pid"),
                    Documents.string(one, "main"),
                    Documents.string(one, "jdk"),
                    orDash(agent(one)),
                    orDash(count(one.get("patches"))),
                    orDash(transition(one)),
                    Documents.string(one, "note"));
        }
        if (spec != null && json) {
            Documents.print(Documents.of("jvms", jvms), spec.commandLine().getOut());
        } else if (spec != null) {
            spec.commandLine().getOut().print(table);
        }
        return 0;
    }

    static JsonObject describe(JvmProcess jvm) {
        JsonObject one = Documents.of("pid", jvm.pid());
        one.put("main", jvm.line().main());
        one.put("jdk", JvmProcess.jdk(jvm.pid()));
        one.put("agent", null);
        one.put("patches", null);
        one.put("transition", null);
        one.put("note", "");
        try {
            Agent agent = Agent.listening(jvm.pid());
            if (agent == null) {
                describeWithout(jvm, one);
                return one;
            }
            one.put("agent", "present");
            JsonObject ping = agent.callBriefly("ping", SILENCE_MAX);
            for (String key : List.of("agent", "jdk", "patches", "transition")) {
                one.put(key, ping.has(key) ? ping.get(key) : one.get(key));
            }
            List<String> warnings = new ArrayList<>(Documents.strings(ping, "warnings"));
            warnings.addAll(
                    Documents.strings(ping.getObject("agent", new JsonObject()), "warnings"));
            one.put("note", String.join("; ", warnings));
        } catch (ControlProblem silent) {
            one.put("note", silent.getMessage());
        }
        return one;
    }

    /** A JVM in which no agent listens. */
    private static void describeWithout(JvmProcess jvm, JsonObject one) throws ControlProblem {
        Optional<String> failed = Agent.failure(jvm.pid());
        String obstacle = Attaching.obstacle(jvm.pid());
        one.put("agent", failed.isPresent() ? "failed" : null);
        one.put("note", failed.orElse(obstacle == null ? "" : obstacle));
    }

    private static String agent(JsonObject jvm) {
        JsonObject agent = Documents.object(jvm, "agent");
        return Documents.string(agent == null ? jvm : agent, agent == null ? "agent" : "version");
    }

    private static String transition(JsonObject jvm) {
        JsonObject transition = Documents.object(jvm, "transition");
        return transition == null
                ? Documents.string(jvm, "transition")
                : Documents.string(transition, "patch") + " towards "
                        + Documents.string(transition, "goal");
    }

    private static String count(@Nullable Object patches) {
        return patches instanceof JsonArray array
                ? Integer.toString(array.size())
                : patches == null ? "" : "" + patches;
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
