package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.Minimizer;
import dev.jlp.builder.Minimizer.Minimum;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tries a candidate by a command of the shell, which has its path in place of {@code {}} and in the
 * environment; the fix is effective if the command says so with exit 0 in time. One that takes longer is ended, with all
 * that it started: a candidate may make a program wait for ever, and then it is not what is looked for.
 *
 * @param command for {@code sh -c}
 * @param seconds that it may take each time
 * @param complaints where one that takes longer is told
 */
record Minimizing(String command, int seconds, PrintWriter complaints) implements Minimizer.Trial {

    private static final String PATCH = "JLP_PATCH";

    @Override
    public boolean isEffective(Patch patch) throws BuildProblem {
        try {
            Path file = Files.createTempFile("jlp-candidate-", ".jlp");
            try {
                Files.write(file, PatchFile.write(patch));
                return run(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | IllegalArgumentException failed) {
            throw new BuildProblem("'" + command + "' can't be run: " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BuildProblem("stopped while '" + command + "' ran", stopped);
        }
    }

    private boolean run(Path file) throws IOException, InterruptedException {
        String words = command.replace("{}", "\"$" + PATCH + "\"");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().put(PATCH, file.toString());
        Process running = shell.start();
        try {
            if (running.waitFor(seconds, TimeUnit.SECONDS)) {
                return running.exitValue() == 0;
            }
        } finally {
            end(running);
        }
        complaints.println("'" + command + "' did not end in " + Words.count(seconds, "second")
                + "; that candidate is taken for not effective ('--minimize-seconds' gives more)");
        complaints.flush();
        return false;
    }

    private static void end(Process running) {
        if (running.isAlive()) {
            List<ProcessHandle> started = running.descendants().toList();
            running.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The options that choose the same again, and whether there may be fewer. */
    static String text(Minimum minimum) {
        String runs = Words.count(minimum.runs(), "run");
        String ended = minimum.complete()
                ? "smallest effective patch, after " + runs
                : "given up after " + runs + ", the smallest effective patch until then";
        return ended + ": "
                + (minimum.includes().isEmpty() ? "the whole" : options(minimum.includes())) + "\n";
    }

    static JsonObject json(Minimum minimum) {
        JsonObject document = Documents.of("includes", new JsonArray(minimum.includes()));
        document.put("runs", minimum.runs());
        document.put("complete", minimum.complete());
        return document;
    }

    private static String options(List<String> includes) {
        StringBuilder text = new StringBuilder("--closure");
        includes.forEach(glob -> text.append(" --include '").append(glob).append('\''));
        return text.toString();
    }
}
