package dev.jlp.builder;

import dev.jlp.patch.Patch;

import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a patch from pairs of released jars, or from the sources of one and a diff of them. */
public final class PatchBuilder {

    /** The builder's name and version, as it is written into artifacts. */
    public static final String TOOL = "jlp-builder 0.1.0";

    private PatchBuilder() {}

    /**
     * Compares the releases and takes what the options ask for.
     *
     * @return with a patch if everything that was asked for can be done
     * @throws BuildProblem if the jars or options are unusable, or there is nothing to patch
     */
    public static BuildResult build(List<ReleasePair> pairs, BuildOptions options)
            throws BuildProblem {
        if (pairs.isEmpty()) {
            throw new BuildProblem("a patch needs an original and a fixed release");
        }
        List<ArtifactSource> originals = new ArrayList<>();
        List<Release> fixes = new ArrayList<>();
        for (ReleasePair pair : pairs) {
            originals.add(ArtifactSource.resolve(pair.original()));
            ArtifactSource fixed = ArtifactSource.resolve(pair.fixed());
            fixes.add(Release.read(fixed.file(), fixed.label(), options.targetJdk()));
        }
        return build(originals, fixes, options, List.of());
    }

    /**
     * Compiles the sources of a release with and without a diff and takes what the options ask for.
     *
     * @return with a patch if everything that was asked for can be done
     * @throws BuildProblem if the diff does not apply, the sources do not compile or are not those of
     *     the release, or there is nothing to patch
     */
    public static BuildResult build(SourceFix fix, BuildOptions options) throws BuildProblem {
        ArtifactSource original = ArtifactSource.resolve(fix.original());
        List<String> notes = new ArrayList<>();
        Release fixed = SourceBuild.fixed(original, fix, options, notes);
        return build(List.of(original), List.of(fixed), options, notes);
    }

    private static BuildResult build(
            List<ArtifactSource> sources,
            List<Release> fixedReleases,
            BuildOptions options,
            List<String> said)
            throws BuildProblem {
        Relocations relocations = new Relocations(options.relocations());
        List<String> names = new ArrayList<>();
        List<Release> originals = new ArrayList<>();
        List<Release> fixes = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            ArtifactSource original = sources.get(i);
            if (names.contains(original.target())) {
                throw new BuildProblem("two of the originals are releases of '" + original.target()
                        + "': a patch has one pair of each");
            }
            names.add(original.target());
            originals.add(Release.read(original.file(), original.label(), options.targetJdk()));
            fixes.add(ApiNames.inJvm(fixedReleases.get(i)));
        }
        List<String> notes = new ArrayList<>(said);
        notes.addAll(check(originals, fixes));
        relocations.check(originals);
        names.replaceAll(relocations::target);
        List<Release> classpath = new ArrayList<>();
        for (Release jar : classpath(options)) {
            classpath.add(relocations.in(jar));
        }
        for (int i = 0; i < originals.size(); i++) {
            originals.set(i, relocations.in(originals.get(i)));
            fixes.set(i, relocations.in(fixes.get(i)));
        }
        CallbackSources callbacks =
                new CallbackSources(options.callbacks(), List.copyOf(fixes), classpath);
        for (int i = 0; i < fixes.size(); i++) {
            fixes.set(i, callbacks.withoutCallbacks(fixes.get(i), originals.get(i)));
        }
        Carried carried = Carried.by(options.earlier());
        for (int i = 0; i < fixes.size(); i++) {
            originals.set(i, carried.over(names.get(i), originals.get(i), fixes.get(i)));
        }
        World released = new World(originals, fixes, classpath);
        for (int i = 0; i < fixes.size(); i++) {
            Release named = ClassMatching.named(originals.get(i), fixes.get(i), released);
            fixes.set(i, CompilerFields.named(originals.get(i), named));
        }
        Flattening flattening = Flattening.of(originals, fixes, classpath);
        fixes = flattening.fixes();
        World world = new World(originals, fixes, classpath);
        List<TargetDiff> targets = compare(names, originals, fixes, world);
        checkDifferent(targets);
        Anew.mark(targets, options.anew(), world);

        Selection selection = new Selection(targets, options, world, flattening).choose();
        targets.forEach(target -> notes.addAll(target.notes()));
        if (selection.refused()) {
            return new BuildResult(Optional.empty(), List.copyOf(selection.changes()), notes);
        }
        notes.addAll(Suspects.notes(targets, world, selection));
        PatchAssembly assembly =
                new PatchAssembly(targets, options, world, selection, callbacks, notes);
        Optional<Patch> patch = patch(assembly);
        return new BuildResult(
                patch, List.copyOf(selection.changes()), List.copyOf(assembly.notes()));
    }

    private static List<String> check(List<Release> originals, List<Release> fixes)
            throws BuildProblem {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            notes.addAll(InputCheck.check(originals.get(i), fixes.get(i)));
        }
        notes.addAll(InputCheck.checkTogether(originals, fixes));
        return notes;
    }

    /** What a class file can't hold is found when it is written. */
    private static Optional<Patch> patch(PatchAssembly assembly) throws BuildProblem {
        try {
            return assembly.patch();
        } catch (ClassTooLargeException tooLarge) {
            throw new BuildProblem(
                    "the class '" + tooLarge.getClassName().replace('/', '.')
                            + "' would have " + tooLarge.getConstantPoolCount()
                            + " constants with its new bodies; a class file holds 65,535",
                    tooLarge);
        } catch (MethodTooLargeException tooLarge) {
            throw new BuildProblem(
                    "the new body of '" + tooLarge.getClassName().replace('/', '.') + "."
                            + tooLarge.getMethodName() + tooLarge.getDescriptor() + "' would have "
                            + tooLarge.getCodeSize() + " bytes; a method holds 65,535",
                    tooLarge);
        }
    }

    private static List<TargetDiff> compare(
            List<String> names, List<Release> originals, List<Release> fixes, World world)
            throws BuildProblem {
        Renames renames = new Renames();
        for (int i = 0; i < names.size(); i++) {
            TargetDiff.match(originals.get(i), fixes.get(i), renames);
        }
        world.rename(renames);
        List<TargetDiff> targets = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            targets.add(
                    TargetDiff.of(names.get(i), originals.get(i), fixes.get(i), world, renames));
        }
        GroovyCalls.judge(targets, world);
        return targets;
    }

    private static List<Release> classpath(BuildOptions options) throws BuildProblem {
        List<Release> jars = new ArrayList<>();
        for (String entry : options.classpath()) {
            ArtifactSource source = ArtifactSource.resolve(entry);
            jars.add(Release.read(source.file(), source.label()));
        }
        return jars;
    }

    private static void checkDifferent(List<TargetDiff> targets) throws BuildProblem {
        for (TargetDiff target : targets) {
            if (target.original().sha256().equals(target.fixed().sha256())) {
                throw new BuildProblem("'" + target.original().label() + "' and '"
                        + target.fixed().label() + "' are identical, nothing to patch");
            }
        }
        boolean same = targets.stream()
                .allMatch(target -> target.classes().isEmpty() && target.added().isEmpty());
        if (same) {
            throw new BuildProblem("the releases have the same code, nothing to patch");
        }
    }
}
