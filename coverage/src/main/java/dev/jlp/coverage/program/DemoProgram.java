package dev.jlp.coverage.program;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;

/**
 * Runs one demonstration as often as it is asked to: one command a line, one answer a line that
 * begins with {@code =} (done) or {@code !} (failed). Other lines are the demonstration's talk.
 */
public final class DemoProgram {

    private DemoProgram() {}

    /** Takes the name of the demonstration's class. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(answer(line, arguments[0]));
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // what a demonstration left running does not matter
    }

    private static String answer(String line, String demo) {
        String[] words = line.split(" ", -1);
        // Whatever a release throws is an answer.
        try {
            return "= "
                    + switch (words[0]) {
                        case "ready" -> "yes";
                        case "run" -> run(demo);
                        case "redefine" -> StockAgent.redefine(words[1], words[2]);
                        default -> throw new IllegalArgumentException("'" + line + "'");
                    };
        } catch (InvocationTargetException thrown) {
            return "! " + oneLine(thrown.getCause());
        } catch (Exception | Error thrown) {
            return "! " + oneLine(thrown);
        }
    }

    private static String run(String demo) throws ReflectiveOperationException {
        Object said = Class.forName(demo).getMethod("run").invoke(null);
        return String.valueOf(said).replaceAll("\\R", " ");
    }

    private static String oneLine(@Nullable Throwable thrown) {
        return String.valueOf(thrown).replaceAll("\\R", " ");
    }
}
