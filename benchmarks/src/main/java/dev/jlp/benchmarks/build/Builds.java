package dev.jlp.benchmarks.build;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.PatchFile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds what it is told to, a command a line, by the steps of {@code jlp build --takable}. */
public final class Builds {

    private Builds() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                System.out.println("= " + run(line.split(" ", -1)));
            } catch (BuildProblem | IOException | RuntimeException | OutOfMemoryError failed) {
                System.out.println("! " + failed);
            }
        }
    }

    private static String run(String[] command) throws IOException, BuildProblem {
        return switch (command[0]) {
            case "ready" -> "ready";
            case "build" -> build(command[1], command[2], Path.of(command[3]));
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    /** Nanoseconds, bytes of the patch, differences that it takes, and all. */
    private static String build(String original, String fixed, Path output)
            throws IOException, BuildProblem {
        long start = System.nanoTime();
        BuildResult built = PatchBuilder.build(
                List.of(new ReleasePair(original, fixed)),
                BuildOptions.named("built", "1").onlyTakable(true));
        byte[] artifact = PatchFile.write(
                built.patch().orElseThrow(() -> new IOException("no patch: " + built.refusals())));
        Files.write(output, artifact);
        long nanos = System.nanoTime() - start;
        return nanos + " " + artifact.length + " " + built.differences().size();
    }
}
