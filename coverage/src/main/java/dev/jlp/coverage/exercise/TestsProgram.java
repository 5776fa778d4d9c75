package dev.jlp.coverage.exercise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Runs the tests of a jar as often as it is asked to, with the JUnit console launcher of its class path:
 * one command a line, one answer a line, as {@link ExerciseProgram} has it. The reports go to folders.
 */
public final class TestsProgram {

    private TestsProgram() {}

    /** Takes the jar with the tests. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(answer(line, arguments[0]));
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // what the tests left running does not matter
    }

    private static String answer(String line, String jar) {
        String[] words = line.split(" ", -1);
        try {
            switch (words[0]) {
                case "ready" -> {}
                case "run" -> run(jar, words[1]);
                default -> throw new IllegalArgumentException("'" + line + "'");
            }
            return "= done";
        } catch (ReflectiveOperationException | RuntimeException broken) {
            return "! " + broken;
        }
    }

    private static void run(String jar, String reports) throws ReflectiveOperationException {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        String[] line = {
            "execute",
            "--scan-classpath",
            jar,
            "--details=none",
            "--disable-banner",
            "--reports-dir",
            reports
        };
        Class.forName("org.junit.platform.console.ConsoleLauncher")
                .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class)
                .invoke(null, nobody, nobody, line);
    }
}
