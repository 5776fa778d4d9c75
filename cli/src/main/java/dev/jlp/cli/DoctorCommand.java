package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.Request;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;

import java.util.List;

/** Says what a load would say, all of it, and changes nothing. */
@Command(
        name = "doctor",
        description = "Would it load? Redefines nothing; names every refusal, not only the first.",
        customSynopsis = "jlp doctor [OPTIONS] (PID | --all MATCH) [PATCH]",
        mixinStandardHelpOptions = true)
final class DoctorCommand extends JvmCommand {

    @Override
    List<String> operandNames() {
        return List.of("[PATCH]");
    }

    @Override
    Outcome run(long pid, List<String> operands) throws ControlProblem {
        Request request = new Request("doctor", new JsonObject());
        ControlProblem badArtifact = null;
        if (!operands.isEmpty()) {
            try {
                request = new Request("doctor", new JsonObject(), Artifacts.read(operands.get(0)));
            } catch (ControlProblem bad) {
                badArtifact = bad;
            }
        }
        return outcome(diagnosis(pid, request, badArtifact), !operands.isEmpty());
    }

    /** The agent's answer with what was found from outside at the front of its refusals. */
    private JsonObject diagnosis(long pid, Request request, @Nullable ControlProblem badArtifact)
            throws ControlProblem {
        JsonArray refusals = new JsonArray();
        JsonObject answer = new JsonObject();
        try {
            Agent agent = Agent.attached(pid, command().commandLine().getErr());
            answer = new JsonObject(agent.call(request));
        } catch (ControlProblem unreachable) {
            if (badArtifact == null) {
                throw unreachable;
            }
            refusals.add(refusal(unreachable));
        }
        if (badArtifact != null) {
            refusals.add(refusal(badArtifact));
        }
        refusals.addAll(Documents.objects(answer, "refusals"));
        answer.put("refusals", refusals);
        return answer;
    }

    private static JsonObject refusal(ControlProblem problem) {
        JsonObject refusal = new JsonObject();
        refusal.put("code", problem.code().name());
        refusal.put("message", problem.getMessage());
        refusal.put("details", problem.details());
        return refusal;
    }

    static Outcome outcome(JsonObject answer, boolean withPatch) {
        List<JsonObject> refusals = Documents.objects(answer, "refusals");
        int exit = refusals.isEmpty() ? 0 : Exits.of(Documents.string(refusals.get(0), "code"));
        return new Outcome(answer, DoctorText.of(answer, refusals, withPatch), exit);
    }
}
