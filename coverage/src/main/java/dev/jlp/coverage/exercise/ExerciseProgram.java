package dev.jlp.coverage.exercise;

import dev.jlp.coverage.exercise.Plan.Call;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the calls of a plan as often as it is asked to: one command a line, one answer a line that
 * begins with {@code =} (done) or {@code !} (failed). The results go to files.
 */
public final class ExerciseProgram {

    private final Plan plan;
    private final Exercise exercise;
    private final Map<String, Map<Integer, Exercise.Kept>> kept = new HashMap<>();

    private ExerciseProgram(Plan plan, long millis) {
        this.plan = plan;
        this.exercise = new Exercise(plan, ExerciseProgram.class.getClassLoader(), millis);
    }

    /** Takes the file of a plan, and the milliseconds that a call may take. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        ExerciseProgram program =
                new ExerciseProgram(Plan.read(Path.of(arguments[0])), Long.parseLong(arguments[1]));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(program.answer(line));
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // what the library left running does not matter
    }

    private String answer(String line) throws InterruptedException {
        String[] words = line.split(" ", -1);
        try {
            switch (words[0]) {
                case "ready" -> {}
                case "run" -> run(Path.of(words[1]));
                case "keep" -> keep(words[1]);
                case "use" -> use(words[1], Path.of(words[2]));
                default -> throw new IllegalArgumentException("'" + line + "'");
            }
            return "= done";
        } catch (IOException | RuntimeException broken) {
            return "! " + broken;
        }
    }

    /** Everything anew. */
    private void run(Path file) throws IOException, InterruptedException {
        try (ResultFile results = new ResultFile(file)) {
            for (Call call : plan.calls()) {
                results.add(call.number(), exercise.run(call));
            }
        }
    }

    /** Makes the objects of all calls that have some, and calls nothing else. */
    private void keep(String name) throws InterruptedException {
        Map<Integer, Exercise.Kept> objects = new LinkedHashMap<>();
        for (Call call : plan.calls()) {
            if (call.hasObjects()) {
                objects.put(call.number(), exercise.keep(call));
            }
        }
        kept.put(name, objects);
    }

    /** Makes the calls with the objects that were kept, once. */
    private void use(String name, Path file) throws IOException, InterruptedException {
        Map<Integer, Exercise.Kept> objects = kept.getOrDefault(name, Map.of());
        try (ResultFile results = new ResultFile(file)) {
            for (Map.Entry<Integer, Exercise.Kept> each : objects.entrySet()) {
                results.add(each.getKey(), exercise.use(each.getValue()));
            }
        }
        kept.remove(name);
    }
}
