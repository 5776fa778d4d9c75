package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.Owned;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.Plan;
import dev.jlp.engine.Refusal;

import java.util.List;
import java.util.Locale;

/** A plan as {@code --json} prints it. */
final class PlanDocument {

    private PlanDocument() {}

    static JsonObject of(Plan plan, List<String> files, LoadOptions options) {
        JsonObject document =
                Documents.of("conflicts", options.conflicts().name().toLowerCase(Locale.ROOT));
        document.put("allow_drop", options.allowDrop());
        document.put("allow_downgrade", options.allowDowngrade());
        JsonArray steps = new JsonArray();
        for (int i = 0; i < plan.steps().size(); i++) {
            JsonObject step = Documents.of("step", i + 1);
            step.put("file", files.get(i));
            step.putAll(step(plan.steps().get(i)));
            steps.add(step);
        }
        document.put("steps", steps);
        document.put("exit", plan.firstRefusal().map(PlanCommand::exit).orElse(0));
        return document;
    }

    private static JsonObject step(Plan.Step step) {
        PatchEntry patch = step.patch();
        JsonObject one = Documents.of("name", patch.name());
        one.put("version", patch.version().text());
        one.put("digest", patch.digest());
        one.put("replace", patch.rule().replace().word());
        one.put("replace_set", patch.rule().set());
        one.put("result", step.loads() ? "loads" : "refused");
        one.put("refusals", array(step.refusals().stream().map(PlanDocument::refusal)));
        one.put("replaces", new JsonArray(step.replaced()));
        one.put("drops", array(step.dropped().stream().map(PlanDocument::owned)));
        one.put("shares", array(step.conflicts().stream().map(PlanDocument::owned)));
        one.put("methods", array(step.affected().stream().map(Object::toString)));
        one.put("active", active(step));
        JsonArray stacks = new JsonArray();
        step.stacks().forEach((method, patches) -> {
            JsonObject stack = Documents.of("method", method.toString());
            stack.put("patches", new JsonArray(patches));
            stacks.add(stack);
        });
        one.put("method_stacks", stacks);
        return one;
    }

    private static JsonObject refusal(Refusal refusal) {
        JsonObject one = Documents.of("code", refusal.code().name());
        one.put("exit", PlanCommand.exit(refusal));
        one.put("message", refusal.message());
        one.put("names", new JsonArray(refusal.names()));
        return one;
    }

    private static JsonObject owned(Owned owned) {
        JsonObject one = Documents.of("name", owned.name());
        one.put("owner", owned.owner());
        return one;
    }

    private static JsonArray active(Plan.Step step) {
        return array(step.after().active().stream().map(entry -> {
            JsonObject one = Documents.of("name", entry.name());
            one.put("version", entry.version().text());
            one.put("stack_order", step.after().stackOrder(entry.name()));
            return one;
        }));
    }

    private static JsonArray array(java.util.stream.Stream<?> values) {
        return new JsonArray(values.toList());
    }
}
