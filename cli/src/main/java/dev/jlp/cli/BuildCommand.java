package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** Builds a patch from released jars and says what becomes of every difference. */
@Command(
        name = "build",
        description = "Builds a patch from the release with the flaw and the one without it.",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+@-]{0,199}");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--original",
            required = true,
            paramLabel = "JAR",
            description =
                    "The release with the flaw: a file or G:A:V. Repeatable, in pairs with --fixed.")
    private List<String> originals = new ArrayList<>();

    @Option(
            names = "--fixed",
            required = true,
            paramLabel = "JAR",
            description = "The release without it.")
    private List<String> fixes = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Default: NAME.jlp.")
    private @Nullable Path output;

    @Option(names = "--name", description = "Default: the name of OUT, or of the first original.")
    private @Nullable String name;

    @Mixin
    private PatchOptions options = new PatchOptions();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem {
        if (originals.size() != fixes.size()) {
            throw wrong("each --original needs its --fixed");
        }
        String patchName = patchName();
        if (!NAME.matcher(patchName).matches()) {
            throw wrong("'" + patchName
                    + "' can't be the name of a patch: letters, digits and . _ : + @ -");
        }
        BuildResult result = build(patchName);
        Optional<Patch> patch = result.patch();
        if (patch.isEmpty()) {
            throw refused(patchName, result);
        }
        byte[] artifact = artifact(patch.get());
        Path file = output == null ? Path.of(patchName + ".jlp") : output;
        Artifacts.write(file, artifact);
        report(patchName, result, file, artifact);
        return 0;
    }

    private BuildResult build(String patchName) throws ControlProblem {
        List<ReleasePair> pairs = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            pairs.add(new ReleasePair(originals.get(i), fixes.get(i)));
        }
        try {
            return PatchBuilder.build(pairs, options.named(patchName));
        } catch (BuildProblem problem) {
            throw new ControlProblem(ErrorCode.EIO, String.valueOf(problem.getMessage()));
        }
    }

    private static byte[] artifact(Patch patch) throws ControlProblem {
        try {
            return PatchFile.write(patch);
        } catch (IllegalArgumentException unfit) {
            throw new ControlProblem(ErrorCode.EIO, String.valueOf(unfit.getMessage()));
        }
    }

    private ControlProblem refused(String patchName, BuildResult result) {
        if (!json) {
            out().print(BuildText.changes(result));
            out().flush();
        }
        JsonObject details = json ? changes(result) : new JsonObject();
        String sentence = result.refusals().isEmpty()
                ? "nothing is left to take; no patch is written"
                : "'" + patchName + "' can't be built: "
                        + (options.all() ? "" : "of all changes, ")
                        + BuildText.refusal(result)
                        + "; '--takable' leaves them out, '--exclude' names them one by one";
        return new ControlProblem(ErrorCode.ENOENT, sentence, details);
    }

    private void report(String patchName, BuildResult result, Path file, byte[] artifact) {
        if (json) {
            JsonObject document = Documents.of("patch", patchName);
            document.put("version", options.version().text());
            document.put("file", file.toString());
            document.put("bytes", artifact.length);
            document.put("digest", PatchFile.digest(artifact));
            document.putAll(changes(result));
            Documents.print(document, out());
        } else {
            out().print(BuildText.changes(result));
            out().println("'" + patchName + "' " + options.version().text() + ": "
                    + BuildText.summary(result) + "; written to '" + file + "', " + artifact.length
                    + " bytes");
        }
    }

    private static JsonObject changes(BuildResult result) {
        JsonObject document = Documents.of("changes", ChangeText.json(result.differences()));
        document.put("notes", new JsonArray(result.notes()));
        return document;
    }

    private String patchName() {
        if (name != null) {
            return name;
        }
        String file = output == null ? originals.get(0) : output.toString();
        String[] parts = file.split("[/:]", -1);
        boolean coordinates = output == null && parts.length == 3 && !Files.exists(Path.of(file));
        String last = coordinates ? parts[1] : parts[parts.length - 1];
        return last.replaceFirst("\\.(jlp|jar)$", "");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command().commandLine(), sentence);
    }

    private PrintWriter out() {
        return command().commandLine().getOut();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        return spec;
    }
}
