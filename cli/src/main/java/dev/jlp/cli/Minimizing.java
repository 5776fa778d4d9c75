package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.Minimizer;
import dev.jlp.builder.Minimizer.Minimum;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tries a candidate by a command of the shell, which has its path in place of {@code {}} and in the
 * environment; the fix is effective if the command says so with exit 0.
 *
 * @param command for {@code sh -c}
 */
record Minimizing(String command) implements Minimizer.Trial {

    private static final String PATCH = "JLP_PATCH";

    @Override
    public boolean isEffective(Patch patch) throws BuildProblem {
        try {
            Path file = Files.createTempFile("jlp-candidate-", ".jlp");
            try {
                Files.write(file, PatchFile.write(patch));
                return run(file) == 0;
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

    private int run(Path file) throws IOException, InterruptedException {
        String words = command.replace("{}", "\"$" + PATCH + "\"");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().put(PATCH, file.toString());
        return shell.start().waitFor();
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
