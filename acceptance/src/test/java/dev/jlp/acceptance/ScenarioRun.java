package dev.jlp.acceptance;

import com.grack.nanojson.JsonObject;

import org.objectweb.asm.ClassReader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One JVM in which the steps of a {@link Scenario} are done, over its control socket. */
final class ScenarioRun implements AutoCloseable {

    /** Depends on how long something took, or on the JDK, so no script can say when it comes. */
    private static final Set<String> NOISE = Set.of("signalling", "displaced", "restored");

    private final Map<String, Path> patches = new HashMap<>();
    private final TargetJvm jvm;
    private final ControlClient control;
    private final Set<String> inside = new HashSet<>();
    private final Map<String, Change> changes = new HashMap<>();
    private final List<String> modules;
    private long seen;

    ScenarioRun(Jdk jdk, Scenario scenario) {
        modules = scenario.modules();
        TargetJvm.Start start =
                TargetJvm.on(jdk).agent(scenario.agentOptions().toArray(String[]::new));
        if (scenario.anotherAgent()) {
            start.testAgent().with(Jars.of(ClassReader.class));
        }
        for (String library : scenario.libraries()) {
            Change change = change(jdk, library);
            changes.put(library, change);
            start.with(change.before());
        }
        modules.forEach(module -> changes.put(module, change(jdk, module)));
        scenario.patches().forEach((name, line) -> patches.put(name, patch(jdk, name, line)));
        jvm = start.run();
        control = new ControlClient(jvm);
    }

    private Path patch(Jdk jdk, String name, Scenario.PatchLine line) {
        List<String> options = new ArrayList<>(line.options());
        if (options.contains("--callbacks")) {
            options.addAll(List.of("--classpath", Callbacks.jar(jdk).toString()));
        }
        return Jlp.build(
                name,
                line.libraries().stream().map(changes::get).toList(),
                options.toArray(String[]::new));
    }

    private static Change change(Jdk jdk, String library) {
        Sources sources = Sources.ofCorpus("scenario").replace("LIBRARY", library);
        return Change.of(
                jdk,
                library,
                sources.replace("VERSION", "original"),
                sources.replace("VERSION", "patched"));
    }

    /** Does it; the events that it made, then what it answered. */
    List<String> step(String step) {
        String[] words = step.split(" ", -1);
        List<String> answer = switch (words[0]) {
            case "read" -> read(words[1]);
            case "arrive" -> arrive(words[1]);
            case "depart" -> depart(words[1]);
            case "tell" -> tell(words[1], words[2]);
            case "property" -> List.of(words[1] + " is " + jvm.ask("property " + words[1]));
            case "variables" -> variables(words[1]);
            case "target" -> target(words[1], words[2]);
            case "enter" -> enter(words[1]);
            case "leave" -> leave(words[1]);
            case "trace", "untrace" -> trace(words[0], words[1]);
            case "traced" ->
                List.of("traced, " + words[1] + " is "
                        + jvm.ask("traced " + type(words[1]) + " read"));
            case "hammer" -> hammer(words[1]);
            case "hammered" -> List.of(words[1] + " is " + jvm.ask("hammered " + words[1]));
            case "load" -> load(words[1], rest(words, 2));
            case "disable", "unload" -> command(words[0], words[1]);
            case "reverse", "force" -> turn(words[0]);
            case "show" -> show(words[1], rest(words, 2));
            case "list" -> list();
            default -> throw new IllegalArgumentException("no step '" + words[0] + "'");
        };
        settle();
        List<String> lines = new ArrayList<>(newEvents());
        lines.addAll(answer);
        return lines;
    }

    private String type(String library) {
        String loader = modules.contains(library) ? library + ":" : "";
        return loader + "scenario." + library + ".Text";
    }

    private List<String> read(String library) {
        return List.of(library + " is " + jvm.ask("call " + type(library) + " read"));
    }

    /** In a loader of its own. Its first answer is its init: it comes after all that arrival does. */
    private List<String> arrive(String module) {
        jvm.ask("loader " + module + " " + changes.get(module).before());
        String answer = jvm.answer("call " + type(module) + " read");
        return List.of(
                answer.startsWith("= ")
                        ? module + " is " + answer.substring(2)
                        : module + " is not loaded");
    }

    private List<String> depart(String module) {
        long patched = active(module);
        long before = reverted(module);
        jvm.ask("drop " + module);
        jvm.ask("collected " + module);
        control.await(module + " is gone", status -> reverted(module) == before + patched);
        return List.of();
    }

    private long active(String module) {
        return targets(module).filter(target -> target.getInt("patched") == 1).count();
    }

    private long reverted(String module) {
        return control.events("reverting").stream()
                .filter(event -> module.equals(event.getString("target")))
                .count();
    }

    private Stream<JsonObject> targets(String name) {
        return control.status().getArray("patches").stream()
                .flatMap(patch -> ((JsonObject) patch).getArray("targets").stream())
                .map(JsonObject.class::cast)
                .filter(target -> name.equals(target.getString("name")));
    }

    private List<String> target(String module, String attribute) {
        return targets(module)
                .map(target -> module + " " + attribute + " is " + target.get(attribute))
                .toList();
    }

    private List<String> tell(String property, String value) {
        jvm.ask("set " + property + " " + value);
        return List.of();
    }

    private List<String> variables(String id) {
        long count = control.status().getArray("shadow").stream()
                .map(JsonObject.class::cast)
                .filter(line -> id.equals(line.getString("id")))
                .mapToLong(line -> line.getLong("variables"))
                .sum();
        return List.of(id + " has " + count);
    }

    private static List<String> rest(String[] words, int from) {
        return List.of(words).subList(from, words.length);
    }

    /** A thread that stays inside the library's method until it is told to leave. */
    private List<String> enter(String library) {
        jvm.ask("start " + library + " " + type(library) + " stay");
        jvm.ask("arrived " + library + " 1");
        inside.add(library);
        return List.of();
    }

    /** Another agent begins to note entries of the library's methods, or ends it. */
    private List<String> trace(String verb, String library) {
        jvm.ask(verb + " " + type(library));
        return List.of();
    }

    /** Many threads that read without pause from now on. */
    private List<String> hammer(String library) {
        jvm.ask("hammer " + library + " " + type(library) + " read");
        return List.of();
    }

    private List<String> leave(String library) {
        jvm.ask("open " + library);
        inside.remove(library);
        return List.of(library + " was " + jvm.ask("join " + library));
    }

    private List<String> load(String patch, List<String> options) {
        JsonObject allowed = new JsonObject();
        options.forEach(option -> allowed.put(option.substring(2), true));
        return answer(() -> control.load(patches.get(patch), allowed));
    }

    private List<String> command(String verb, String... name) {
        JsonObject arguments = new JsonObject();
        if (name.length > 0) {
            arguments.put("name", name[0]);
        }
        return answer(() -> control.call(verb, arguments, new byte[0]));
    }

    /** Nothing if it was done. */
    private static List<String> answer(Runnable request) {
        try {
            request.run();
            return List.of();
        } catch (ControlClient.Refused refused) {
            return List.of("refused with " + refused.exit() + ": " + refused.code());
        }
    }

    private List<String> turn(String verb) {
        List<String> answer = command(verb);
        control.await("no transition", status -> status.getObject("transition") == null);
        return answer;
    }

    /** Until no transition runs, or only the threads that the script keeps inside hold it back. */
    private void settle() {
        control.await(
                "nothing goes on that nobody holds back",
                status -> status.getObject("transition") == null
                        || (!inside.isEmpty() && blockers(status).equals(inside)));
    }

    private static Set<String> blockers(JsonObject status) {
        Set<String> names = new HashSet<>();
        for (Object each : status.getArray("blockers")) {
            names.add(((JsonObject) each).getString("thread"));
        }
        return names;
    }

    private List<String> show(String name, List<String> attributes) {
        for (Object each : control.status().getArray("patches")) {
            JsonObject patch = (JsonObject) each;
            if (name.equals(patch.getString("name"))) {
                return attributes.stream()
                        .map(key -> key + " is " + patch.get(key))
                        .toList();
            }
        }
        return List.of("no patch '" + name + "'");
    }

    private List<String> list() {
        List<String> lines = new ArrayList<>();
        for (Object each : control.status().getArray("patches")) {
            JsonObject patch = (JsonObject) each;
            lines.add(patch.getString("name") + " is " + patch.getString("state"));
        }
        return lines.isEmpty() ? List.of("no patch") : lines;
    }

    private List<String> newEvents() {
        List<String> lines = new ArrayList<>();
        for (Object each : control.call("events").getArray("events")) {
            JsonObject event = (JsonObject) each;
            if (event.getLong("seq") > seen) {
                seen = event.getLong("seq");
                if (!NOISE.contains(event.getString("event"))) {
                    lines.add(Scenario.line(event));
                }
            }
        }
        return lines;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
