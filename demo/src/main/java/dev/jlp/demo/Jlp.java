package dev.jlp.demo;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The product as an operator has it: a command, its exit code, and one JSON document. */
final class Jlp {

    private static final long MINUTES_MAX = 3;

    private final List<String> command;
    private final Path folder;

    /** Runs the command in the folder; what it says beside its answer goes into files there. */
    Jlp(List<String> command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    /**
     * From the properties {@code jlp.command} (a path or a command line) or {@code jlp.cli.jar}.
     *
     * @throws IOException if neither is set
     */
    static Jlp found(Path folder) throws IOException {
        String line = System.getProperty("jlp.command", "");
        if (!line.isEmpty()) {
            Path path = Path.of(line);
            boolean isPath = Files.isRegularFile(path);
            return new Jlp(
                    isPath
                            ? List.of(path.toAbsolutePath().toString())
                            : List.of(line.strip().split("\\s+")),
                    folder);
        }
        String jar = System.getProperty("jlp.cli.jar", "");
        if (jar.isEmpty()) {
            throw new IOException(
                    "neither the property 'jlp.command' nor 'jlp.cli.jar' says where the command is");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Jlp(List.of(java, "-jar", Path.of(jar).toAbsolutePath().toString()), folder);
    }

    /** The answer of a command that succeeded; any other is an untrue claim of the demo. */
    JsonObject run(List<String> arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("jlp.out");
        Path errors = folder.resolve("jlp.err");
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        line.add("--json");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        String spoken = "'jlp " + String.join(" ", arguments) + "'";
        try {
            Untrue.unless(
                    process.waitFor(MINUTES_MAX, TimeUnit.MINUTES),
                    "The command " + spoken + " did not end within " + MINUTES_MAX + " minutes.");
        } finally {
            process.destroyForcibly();
        }
        String answer = Files.readString(output).strip();
        int exit = process.exitValue();
        Untrue.unless(
                exit == 0,
                "The command " + spoken + " ended with " + exit + ": " + why(answer, errors));
        try {
            return JsonParser.object().from(answer);
        } catch (JsonParserException notJson) {
            throw new IOException(
                    "the command " + spoken + " did not answer with JSON: " + answer, notJson);
        }
    }

    private static String why(String answer, Path errors) throws IOException {
        try {
            JsonObject error =
                    JsonParser.object().from(answer).getObject("error", new JsonObject());
            return error.getString("message", answer);
        } catch (JsonParserException notJson) {
            return answer.isEmpty() ? Files.readString(errors).strip() : answer;
        }
    }
}
