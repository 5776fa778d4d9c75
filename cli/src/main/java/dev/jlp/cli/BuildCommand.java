package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.Change;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.Replace;
import dev.jlp.patch.State;
import dev.jlp.patch.Version;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
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

    @Option(
            names = "--version",
            converter = Versions.class,
            description = "Of the patch. Default: 1.")
    private Version version = new Version("1");

    @Option(
            names = "--replace",
            paramLabel = "RULE",
            description = "Which active patches it replaces: set, all, none.")
    private Replace replace = Replace.SET;

    @Option(names = "--replace-set", paramLabel = "NAME", description = "The set it belongs to.")
    private String replaceSet = "";

    @Option(
            names = "--supersedes",
            paramLabel = "NAME",
            description = "A patch whose fixes it may drop.")
    private List<String> supersedes = new ArrayList<>();

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Only these: Class or Class.method.")
    private List<String> includes = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Not these.")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--closure", description = "Add the changes that the chosen ones need.")
    private boolean closure;

    @Option(
            names = "--takable",
            description = "Take what can be taken instead of failing over the rest.")
    private boolean takable;

    @Option(
            names = "--quiesce",
            paramLabel = "GLOB",
            description = "Methods that must be off every stack, too.")
    private List<String> quiesce = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "ID:VERSION",
            converter = States.class,
            description =
                    "Declares a change of the running system; later patches of the set must know it.")
    private List<State> states = new ArrayList<>();

    @Option(
            names = "--callbacks",
            paramLabel = "CLASS",
            description =
                    "Runs beside the change: a class of a fixed release, or of --classpath for all.")
    private List<String> callbacks = new ArrayList<>();

    @Option(
            names = "--classpath",
            paramLabel = "JARS",
            description = "What the releases need, for its classes.")
    private List<String> classpath = new ArrayList<>();

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
        BuildOptions options = BuildOptions.named(patchName, version.text())
                .replacing(replace, replaceSet, supersedes)
                .including(includes.toArray(String[]::new))
                .excluding(excludes.toArray(String[]::new))
                .quiescing(quiesce.toArray(String[]::new))
                .declaring(states)
                .callingBack(callbacks)
                .withClosure(closure)
                .onlyTakable(takable)
                .withClasspath(classpathEntries(classpath));
        try {
            return PatchBuilder.build(pairs, options);
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
        int count = result.refusals().size();
        JsonObject details = json ? changes(result) : new JsonObject();
        String sentence = count == 0
                ? "nothing is left to take; no patch is written"
                : "'" + patchName + "' can't be built: "
                        + (includes.isEmpty() && excludes.isEmpty() ? "" : "of all changes, ")
                        + Words.count(count, "change") + (count == 1 ? " is" : " are")
                        + " refused; '--takable' leaves them out, '--exclude' names them one by one";
        return new ControlProblem(ErrorCode.ENOENT, sentence, details);
    }

    private void report(String patchName, BuildResult result, Path file, byte[] artifact) {
        if (json) {
            JsonObject document = Documents.of("patch", patchName);
            document.put("version", version.text());
            document.put("file", file.toString());
            document.put("bytes", artifact.length);
            document.put("digest", PatchFile.digest(artifact));
            document.putAll(changes(result));
            Documents.print(document, out());
        } else {
            out().print(BuildText.changes(result));
            out().println("'" + patchName + "' " + version.text() + ": " + BuildText.summary(result)
                    + "; written to '" + file + "', " + artifact.length + " bytes");
        }
    }

    private static JsonObject changes(BuildResult result) {
        JsonArray changes = new JsonArray();
        for (Change change : result.changes()) {
            JsonObject one = Documents.of("target", change.target());
            one.put("class", change.className());
            one.put("member", change.member());
            one.put("kind", BuildText.word(change.kind()));
            one.put("verdict", BuildText.word(change.verdict()));
            one.put("taken", change.taken());
            one.put("reason", change.reason());
            changes.add(one);
        }
        JsonObject document = Documents.of("changes", changes);
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

    /** Each word is a jar, several joined as on a class path, or coordinates, which have colons, too. */
    static List<String> classpathEntries(List<String> words) {
        List<String> entries = new ArrayList<>();
        for (String word : words) {
            List<String> parts = List.of(word.split(Pattern.quote(File.pathSeparator), -1));
            boolean files = parts.stream()
                    .anyMatch(part -> part.endsWith(".jar") || part.contains(File.separator));
            entries.addAll(files ? parts : List.of(word));
        }
        entries.removeIf(String::isEmpty);
        return entries;
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

    /** {@code ID:VERSION}, such as {@code console-level:2}. */
    static final class States implements ITypeConverter<State> {

        private static final Pattern STATE =
                Pattern.compile("(?<id>[A-Za-z0-9][A-Za-z0-9._+@-]*):(?<version>[0-9]{1,9})");

        @Override
        public State convert(String text) {
            Matcher parts = STATE.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not a state such as 'console-level:2'");
            }
            return new State(parts.group("id"), Integer.parseInt(parts.group("version")));
        }
    }

    /** Reads versions; a wrong one is wrong usage. */
    static final class Versions implements ITypeConverter<Version> {

        @Override
        public Version convert(String text) {
            try {
                return new Version(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
