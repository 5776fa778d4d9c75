package dev.jlp.coverage;

import dev.jlp.coverage.ExerciseJvms.Running;
import dev.jlp.coverage.exercise.Plan;
import dev.jlp.coverage.exercise.Plan.Call;
import dev.jlp.coverage.exercise.ResultFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries all calls on both releases first, and leaves out those that nothing can be learned from. */
final class Scouts {

    private static final int DEATHS_MAX = 8;
    private static final long CALL_MILLIS = 1000;

    private final ExerciseJvms jvms;
    private final Path planFile;
    private final Set<Integer> deadly = new HashSet<>();

    Scouts(ExerciseJvms jvms, Path planFile) {
        this.jvms = jvms;
        this.planFile = planFile;
    }

    /**
     * What is left of a plan.
     *
     * @param late left out since they did not end in time, ended the JVM or filled its memory
     * @param unreached left out since what they work on can't be made in either release
     */
    record Sifted(Plan plan, int late, int unreached) {}

    Sifted sift(Plan plan, List<String> vulnerable, List<String> fixed)
            throws IOException, InterruptedException {
        Map<Integer, String> before = scout("scout-vulnerable", plan, vulnerable);
        Map<Integer, String> after = scout("scout-fixed", plan, fixed);
        Set<Integer> late = new HashSet<>(deadly);
        Set<Integer> unreached = new HashSet<>();
        for (Call call : plan.calls()) {
            String one = before.getOrDefault(call.number(), "");
            String other = after.getOrDefault(call.number(), "");
            if (isTooMuch(one) || isTooMuch(other)) {
                late.add(call.number());
            } else if (one.startsWith(ResultFile.UNREACHED) && one.equals(other)) {
                unreached.add(call.number());
            }
        }
        Plan left = without(plan, late, unreached);
        left.write(planFile);
        return new Sifted(left, late.size(), unreached.size());
    }

    private static boolean isTooMuch(String said) {
        return said.startsWith(ResultFile.LATE) || said.contains("OutOfMemoryError");
    }

    private static Plan without(Plan plan, Set<Integer> some, Set<Integer> others) {
        List<Call> calls = plan.calls().stream()
                .filter(call -> !some.contains(call.number()) && !others.contains(call.number()))
                .toList();
        return new Plan(List.copyOf(calls), plan.views());
    }

    /** As often as a call ends the JVM, without that call. */
    private Map<Integer, String> scout(String role, Plan plan, List<String> classPath)
            throws IOException, InterruptedException {
        String problem = "";
        for (int deaths = 0; deaths <= DEATHS_MAX; deaths++) {
            Plan left = without(plan, deadly, Set.of());
            left.write(planFile);
            try (Running jvm = start(role, classPath)) {
                Path results = jvm.results().resolve(Phase.BEFORE.file());
                Files.deleteIfExists(results);
                String answer = jvm.jvm().ask("run " + results);
                Map<Integer, String> said =
                        Files.exists(results) ? ResultFile.read(results) : Map.of();
                if (!answer.startsWith("ERROR")) {
                    return said;
                }
                problem = answer;
                left.calls().stream()
                        .map(Call::number)
                        .filter(number -> !said.containsKey(number))
                        .findFirst()
                        .ifPresent(deadly::add);
            }
        }
        throw new IOException(
                "the calls end the JVM of '" + role + "' again and again: " + problem);
    }

    private Running start(String role, List<String> classPath)
            throws IOException, InterruptedException {
        return jvms.start(
                role,
                "",
                classPath,
                ExerciseJvms.CALLS,
                planFile.toString(),
                Long.toString(CALL_MILLIS));
    }
}
