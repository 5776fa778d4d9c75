package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.Conflicts;
import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.Owned;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.Plan;
import dev.jlp.engine.Refusal;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import java.util.List;

/**
 * The patch that a new one takes the place of, with all that it does.
 *
 * @param old what is active now
 * @param digest of its artifact
 */
record Cumulative(Patch old, String digest) {

    static Cumulative read(String file) throws ControlProblem {
        byte[] artifact = Artifacts.bytes(file);
        return new Cumulative(Artifacts.parse(file, artifact), PatchFile.digest(artifact));
    }

    /** Refuses a patch that would not replace the old one, or lacks something that it does. */
    void check(Patch made, byte[] artifact) throws ControlProblem {
        Plan.Step step = Plan.of(
                        List.of(
                                PatchEntry.loading(old, digest),
                                PatchEntry.loading(made, PatchFile.digest(artifact))),
                        new LoadOptions(false, true, Conflicts.REFUSE))
                .steps()
                .get(1);
        if (!step.refusals().isEmpty()) {
            Refusal first = step.refusals().get(0);
            throw new ControlProblem(
                    ErrorCode.valueOf(first.code().name()),
                    "after '" + old.name() + "' this patch would not load: " + first.message());
        }
        if (!step.replaced().contains(old.name())) {
            throw new ControlProblem(
                    ErrorCode.EINVAL,
                    "this patch would not replace '" + old.name() + "'; '--replace set' does");
        }
        if (!step.dropped().isEmpty()) {
            List<String> dropped = step.dropped().stream().map(Owned::toString).toList();
            JsonObject details = new JsonObject();
            details.put("dropped", new JsonArray(dropped));
            throw new ControlProblem(
                    ErrorCode.EINVAL,
                    "fixes would be dropped: " + Words.some(dropped)
                            + "; a cumulative patch has all that the old one has",
                    details);
        }
    }
}
