package dev.jlp.cli;

import dev.jlp.engine.MethodKey;
import dev.jlp.engine.PatchEntry;
import dev.jlp.engine.Plan;
import dev.jlp.engine.Refusal;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A plan for people: one paragraph for each load, and what came of all of them. */
final class PlanText {

    private static final String MARGIN = "   ";
    private static final int LABEL = 12;

    private PlanText() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Plan.Step step : plan.steps()) {
            text.append(++number).append(". ").append(step(step));
        }
        return text.append(summary(plan)).toString();
    }

    private static String step(Plan.Step step) {
        StringBuilder text = new StringBuilder(title(step));
        step.refusals().stream()
                .findFirst()
                .ifPresent(first -> line(text, "because", first.message()));
        step.refusals().stream()
                .skip(1)
                .forEach(next -> line(text, "and also", code(next) + ": " + next.message()));
        line(text, "replaces", quoted(step.replaced()));
        lines(text, "drops", step.dropped());
        lines(text, "shares", step.conflicts());
        lines(text, "switches", step.affected());
        if (step.loads()) {
            line(text, "active", active(step));
            stacks(step.stacks(), text);
        }
        return text.append('\n').toString();
    }

    private static String title(Plan.Step step) {
        PatchEntry patch = step.patch();
        String rule = switch (patch.rule().replace()) {
            case SET -> "";
            case ALL -> ", replaces all";
            case NONE -> ", replaces none";
        };
        String result = step.loads()
                ? "would load"
                : "is refused, " + code(step.refusals().get(0));
        return "'" + patch.name() + "' " + patch.version().text() + " of set '"
                + patch.rule().set() + "'" + rule + ": " + result + "\n";
    }

    private static String active(Plan.Step step) {
        return Words.joined(
                "",
                quoted(step.after().active().stream().map(PatchEntry::name).toList()),
                step.after().active().size() > 1 ? ", in this order" : "");
    }

    /** The body in force is the first one; what is below comes back when those above go. */
    private static void stacks(Map<MethodKey, List<String>> stacks, StringBuilder text) {
        String label = "in force";
        for (Map.Entry<MethodKey, List<String>> stack : stacks.entrySet()) {
            List<String> owners = stack.getValue();
            String below = quoted(owners.subList(1, owners.size()));
            line(
                    text,
                    label,
                    stack.getKey() + " of '" + owners.get(0) + "'"
                            + (below.isEmpty() ? "" : ", above " + below));
            label = "";
        }
    }

    private static String summary(Plan plan) {
        long refused = plan.steps().stream().filter(step -> !step.loads()).count();
        String all = Words.count(plan.steps().size(), "patch");
        return refused == 0
                ? all
                        + ": each would load, if the JVM holds what it was built for ('jlp doctor' asks one)\n"
                : all + ", " + refused + " refused; nothing was loaded anywhere\n";
    }

    private static String code(Refusal refusal) {
        return refusal.code() + " (exit " + PlanCommand.exit(refusal) + ")";
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
    }

    private static void lines(StringBuilder text, String label, Collection<?> values) {
        String next = label;
        for (Object value : values) {
            line(text, next, value.toString());
            next = "";
        }
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(MARGIN)
                    .append(label)
                    .append(" ".repeat(LABEL - label.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
