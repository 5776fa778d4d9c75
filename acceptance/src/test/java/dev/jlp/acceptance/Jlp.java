package dev.jlp.acceptance;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The shipped command, one child process per call, on the JDK that runs the tests. */
final class Jlp {

    private Jlp() {}

    static Exec run(String... arguments) {
        return Exec.run(commandLine(arguments));
    }

    /** The document that a successful command printed. */
    static JsonObject json(String... arguments) {
        return parse(run(withJson(arguments)).mustSucceed().out());
    }

    /** Runs a command that must be refused; the object {@code error} of its answer. */
    static JsonObject refused(String... arguments) {
        Exec result = run(withJson(arguments));
        if (result.exit() == 0) {
            throw new AssertionError("not refused: " + result.out());
        }
        JsonObject error = parse(result.out()).getObject("error");
        if (error == null || error.getInt("exit") != result.exit()) {
            throw new AssertionError(
                    "exit " + result.exit() + " and said: " + result.out() + result.err());
        }
        return error;
    }

    static Path build(String name, List<Change> changes, String... options) {
        Path patch = Workplace.fresh().resolve(name + ".jlp");
        List<String> command =
                new ArrayList<>(List.of("build", "--name", name, "-o", patch.toString()));
        for (Change change : changes) {
            Collections.addAll(command, "--original", change.before().toString());
            Collections.addAll(command, "--fixed", change.after().toString());
        }
        command.addAll(List.of("--classpath", Jars.ofPrograms().toString()));
        Collections.addAll(command, options);
        run(command.toArray(String[]::new)).mustSucceed();
        return patch;
    }

    static List<String> commandLine(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(command, "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-jar");
        command.add(Shipped.command().toString());
        Collections.addAll(command, arguments);
        return command;
    }

    static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException broken) {
            throw new AssertionError("not one JSON document: " + text, broken);
        }
    }

    private static String[] withJson(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return all.toArray(String[]::new);
    }
}
