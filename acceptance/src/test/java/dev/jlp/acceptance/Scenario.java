package dev.jlp.acceptance;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A script of {@code acceptance/scenarios}: what an operator does, and below each step everything that
 * came of it. Running it gives the same text again, or the scenario has failed.
 *
 * <p>The head names libraries ({@code library NAME}: its method says {@code original} or PATCHED)
 * and patches ({@code patch NAME changes LIBRARY+LIBRARY, with OPTIONS}), and may give the agent options. A
 * {@code module NAME} is a library that is not there before it arrives; with {@code another agent} the
 * programs' own one is there, which spoils class files as the property {@code spoil.NAME} says, and traces. Steps begin with {@code >}; they are
 * in {@link ScenarioRun}.
 */
record Scenario(
        String text,
        List<String> agentOptions,
        boolean anotherAgent,
        List<String> libraries,
        List<String> modules,
        Map<String, PatchLine> patches,
        List<String> steps) {

    /** Their events say in which state the target is. */
    private static final Set<String> CALLBACKS =
            Set.of("pre-patch", "post-patch", "pre-unpatch", "post-unpatch");

    /** How a patch of the script is built. */
    record PatchLine(List<String> libraries, List<String> options) {}

    static Scenario read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Scenario parse(String text) {
        List<String> agentOptions = new ArrayList<>();
        List<String> libraries = new ArrayList<>();
        List<String> modules = new ArrayList<>();
        Map<String, PatchLine> patches = new LinkedHashMap<>();
        List<String> steps = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split("[ ,]+");
            if (line.startsWith("agent ")) {
                agentOptions.add(words[1]);
            } else if (line.startsWith("library ")) {
                libraries.add(words[1]);
            } else if (line.startsWith("module ")) {
                modules.add(words[1]);
            } else if (line.startsWith("patch ")) {
                boolean plain = words.length == 4;
                List<String> options = plain ? List.of() : List.of(words).subList(5, words.length);
                patches.put(words[1], new PatchLine(List.of(words[3].split("\\+")), options));
            } else if (line.startsWith("> ")) {
                steps.add(line.substring(2));
            }
        }
        boolean anotherAgent = text.contains("\nanother agent\n");
        return new Scenario(text, agentOptions, anotherAgent, libraries, modules, patches, steps);
    }

    /** The script's own text, with what really came of each step. */
    String play(Jdk jdk) {
        StringBuilder played = new StringBuilder(head());
        try (ScenarioRun run = new ScenarioRun(jdk, this)) {
            for (String step : steps) {
                played.append("> ").append(step).append('\n');
                run.step(step).forEach(line -> played.append(line).append('\n'));
            }
        }
        return played.toString();
    }

    private String head() {
        int first = text.indexOf("> ");
        return text.substring(0, first);
    }

    /** An event as the scripts write it. */
    static String line(JsonObject event) {
        StringBuilder line = new StringBuilder(event.getString("event"));
        line.append(' ').append(event.getString("patch"));
        if (event.has("target")) {
            line.append(" → ").append(event.getString("target"));
        }
        if (CALLBACKS.contains(event.getString("event"))) {
            line.append(' ').append(event.getString("detail"));
        }
        return line.toString();
    }
}
