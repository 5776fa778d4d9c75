package dev.jlp.cli;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.Relocation;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Replace;
import dev.jlp.patch.State;
import dev.jlp.patch.Version;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a patch is to be, from whatever it is built. */
final class PatchOptions {

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
            names = "--anew",
            paramLabel = "GLOB",
            description =
                    "Static fields, Class.field, that start anew: caches that old code has filled.")
    private List<String> anew = new ArrayList<>();

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

    @Option(
            names = "--target-jdk",
            paramLabel = "N",
            description = "Of multi-release jars take the classes that Java N finds.")
    private int targetJdk;

    @Option(
            names = "--relocate",
            paramLabel = "FROM=TO",
            converter = Relocated.class,
            description =
                    "For a shaded copy of the releases: the packages FROM of the jars are TO in the JVM.")
    private List<Relocation> relocations = new ArrayList<>();

    Version version() {
        return version;
    }

    /** Whether the whole difference is wanted. */
    boolean all() {
        return includes.isEmpty() && excludes.isEmpty();
    }

    BuildOptions named(String name) {
        return named(name, replaceSet, supersedes);
    }

    /** In the set of an old patch, whose place it takes. */
    BuildOptions over(String name, Patch old) {
        List<String> names = new ArrayList<>(supersedes);
        if (!names.contains(old.name())) {
            names.add(old.name());
        }
        return named(name, replaceSet.isEmpty() ? old.replaceSet() : replaceSet, names)
                .takingOver(old);
    }

    private BuildOptions named(String name, String set, List<String> superseded) {
        return BuildOptions.named(name, version.text())
                .replacing(replace, set, superseded)
                .including(includes.toArray(String[]::new))
                .excluding(excludes.toArray(String[]::new))
                .quiescing(quiesce.toArray(String[]::new))
                .startingAnew(anew.toArray(String[]::new))
                .declaring(states)
                .callingBack(callbacks)
                .withClosure(closure)
                .onlyTakable(takable)
                .forJdk(targetJdk)
                .relocating(relocations)
                .withClasspath(classpathEntries(classpath));
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

    /** Renamed packages. */
    static final class Relocated implements ITypeConverter<Relocation> {

        @Override
        public Relocation convert(String text) {
            try {
                return Relocation.of(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
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
