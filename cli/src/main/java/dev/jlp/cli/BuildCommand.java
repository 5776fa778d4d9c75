package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.Minimizer;
import dev.jlp.builder.Minimizer.Minimum;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.builder.SourceFix;
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

    @Option(names = "--fixed", paramLabel = "JAR", description = "The release without it.")
    private List<String> fixes = new ArrayList<>();

    @Option(
            names = "--sources",
            paramLabel = "JAR",
            description = "In place of --fixed: the original's sources, a file or its G:A:V.")
    private @Nullable String sources;

    @Option(
            names = "--diff",
            paramLabel = "FILE",
            description = "With --sources: the fix as a unified diff.")
    private @Nullable String diff;

    @Option(
            names = "--release",
            paramLabel = "N",
            description = "With --sources: compile for Java N. Default: as the original.")
    private int release;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Default: NAME.jlp.")
    private @Nullable Path output;

    @Option(names = "--name", description = "Default: the name of OUT, or of the first original.")
    private @Nullable String name;

    @Option(
            names = "--minimize",
            paramLabel = "CMD",
            description = {
                "Look for the smallest patch that is effective: CMD is run by the shell with the path of each"
                        + " candidate for {} and in JLP_PATCH, and ends with 0 if the candidate is."
            })
    private @Nullable String minimize;

    @Option(
            names = "--minimize-runs",
            paramLabel = "N",
            description = "How often CMD is run at most. Default: 100.")
    private int minimizeRuns = 100;

    @Option(
            names = "--minimize-seconds",
            paramLabel = "N",
            description = "How long CMD may take each time; then it is ended. Default: 300.")
    private int minimizeSeconds = 300;

    @Option(
            names = "--cumulative",
            paramLabel = "OLD",
            description = "The new patch replaces this one and must have all that it has.")
    private @Nullable String cumulative;

    @Mixin
    private PatchOptions options = new PatchOptions();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem {
        checkInputs();
        String patchName = patchName();
        if (!NAME.matcher(patchName).matches()) {
            throw wrong("'" + patchName
                    + "' can't be the name of a patch: letters, digits and . _ : + @ -");
        }
        Cumulative over = cumulative == null ? null : Cumulative.read(cumulative);
        if (over != null && over.old().name().equals(patchName)) {
            throw wrong("'" + patchName + "' is the name of the old patch; '--name' gives another");
        }
        BuildOptions wanted =
                over == null ? options.named(patchName) : options.over(patchName, over.old());
        Built built = build(wanted);
        Optional<Patch> patch = built.result().patch();
        if (patch.isEmpty()) {
            throw refused(patchName, built.result());
        }
        byte[] artifact = artifact(patch.get());
        if (over != null) {
            over.check(patch.get(), artifact);
        }
        Path file = output == null ? Path.of(patchName + ".jlp") : output;
        Artifacts.write(file, artifact);
        report(patchName, built, file, artifact);
        return 0;
    }

    /**
     * What a build came to.
     *
     * @param minimum of which it is the result, if one was looked for
     */
    private record Built(BuildResult result, @Nullable Minimum minimum) {}

    private void checkInputs() {
        if ((sources == null) != (diff == null)) {
            throw wrong("--sources and --diff need one another");
        }
        if (sources != null && (originals.size() != 1 || !fixes.isEmpty())) {
            throw wrong("--sources and --diff go with one --original and no --fixed");
        }
        if (sources == null && originals.size() != fixes.size()) {
            throw wrong("each --original needs its --fixed, or --sources and --diff");
        }
        if (minimizeRuns < 1 || minimizeSeconds < 1) {
            throw wrong("--minimize-runs and --minimize-seconds are at least 1");
        }
    }

    private Built build(BuildOptions wanted) throws ControlProblem {
        try {
            if (minimize == null) {
                return new Built(build().with(wanted), null);
            }
            Minimizing trial = new Minimizing(
                    minimize, minimizeSeconds, command().commandLine().getErr());
            Minimum minimum = Minimizer.find(build(), wanted, trial, minimizeRuns);
            return new Built(minimum.result(), minimum);
        } catch (BuildProblem problem) {
            throw new ControlProblem(ErrorCode.EIO, String.valueOf(problem.getMessage()));
        }
    }

    private Minimizer.Build build() {
        if (sources != null && diff != null) {
            SourceFix fix = new SourceFix(originals.get(0), sources, diff, release);
            return wanted -> PatchBuilder.build(fix, wanted);
        }
        List<ReleasePair> pairs = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            pairs.add(new ReleasePair(originals.get(i), fixes.get(i)));
        }
        return wanted -> PatchBuilder.build(pairs, wanted);
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

    private void report(String patchName, Built built, Path file, byte[] artifact) {
        BuildResult result = built.result();
        if (json) {
            JsonObject document = Documents.of("patch", patchName);
            document.put("version", options.version().text());
            document.put("file", file.toString());
            document.put("bytes", artifact.length);
            document.put("digest", PatchFile.digest(artifact));
            document.putAll(changes(result));
            if (built.minimum() != null) {
                document.put("minimum", Minimizing.json(built.minimum()));
            }
            Documents.print(document, out());
        } else {
            out().print(BuildText.changes(result));
            if (built.minimum() != null) {
                out().print(Minimizing.text(built.minimum()));
            }
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
