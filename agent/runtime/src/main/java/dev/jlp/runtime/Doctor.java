package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.control.ControlProblem;
import dev.jlp.engine.Refusal;

import java.util.List;

/** Would it load? All refusals, not only the first; nothing is redefined. Used by the worker only. */
final class Doctor {

    private final Livepatch livepatch;
    private final Documents documents;

    Doctor(Livepatch livepatch, Documents documents) {
        this.livepatch = livepatch;
        this.documents = documents;
    }

    /** Examines this JVM, and what a patch would meet if an artifact is given. */
    JsonObject examine(byte[] artifact) throws ControlProblem {
        JsonObject document = Commands.object("jvm", documents.ping());
        document.put("agents", agents());
        JsonArray refusals = new JsonArray();
        JsonArray targets = new JsonArray();
        JsonArray blockers = new JsonArray();
        document.put("refusals", refusals);
        document.put("targets", targets);
        document.put("blockers", blockers);
        JsonArray warnings = new JsonArray(documents.agentWarnings());
        document.put("warnings", warnings);
        document.put(
                "pause_ms", livepatch.world().pauseEstimate(livepatch.platform().all().length));
        if (artifact.length > 0) {
            LoadedPatch patch = Livepatch.read(artifact, "");
            for (Refusal refusal : livepatch.refusals(patch)) {
                refusals.add(refusal(refusal.code().name(), refusal.message(), refusal.names()));
            }
            Examination examination = livepatch.examine(patch);
            for (Examination.Problem problem : examination.problems()) {
                refusals.add(refusal("ENOENT", problem.toString(), List.of(problem.what())));
            }
            examination.verdicts().forEach((type, verdict) -> {
                JsonObject line = Documents.classDocument(type, verdict);
                line.put("target", patch.targetOf(type.name()));
                line.put("loader", type.loaderName());
                var change = patch.classes().get(type.name());
                line.put(
                        "on_disk",
                        change != null && Examiner.differsOnDisk(type, change)
                                ? "differs"
                                : "same");
                targets.add(line);
            });
            warnings.addAll(livepatch.unpatchedCopies(patch));
            addLikelyBlockers(patch, blockers);
        }
        return document;
    }

    private static JsonObject refusal(String code, String message, List<String> details) {
        JsonObject line = Commands.object("code", code);
        line.put("message", message);
        line.put("details", new JsonArray(details));
        return line;
    }

    /** Threads that are inside a method of the patch right now. */
    private void addLikelyBlockers(LoadedPatch patch, JsonArray blockers) {
        for (Thread thread : livepatch.platform().all()) {
            for (StackTraceElement frame : ThreadFacts.trace(thread)) {
                boolean inside = patch.methods(frame.getClassName().replace('.', '/')).stream()
                        .anyMatch(method -> method.name().equals(frame.getMethodName()));
                if (inside) {
                    JsonObject line = Commands.object("thread", thread.getName());
                    line.put("id", JlpThreadIds.of(thread));
                    line.put("method", frame.getClassName() + "." + frame.getMethodName());
                    line.put("frames", new JsonArray(List.of(frame.toString())));
                    line.put("state", ThreadFacts.state(thread).name());
                    blockers.add(line);
                    break;
                }
            }
        }
    }

    /** Other agents, as the command line names them. */
    private static JsonArray agents() {
        JsonArray agents = new JsonArray();
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:")
                        || argument.startsWith("-agentlib:")
                        || argument.startsWith("-agentpath:"))
                .forEach(agents::add);
        return agents;
    }
}
