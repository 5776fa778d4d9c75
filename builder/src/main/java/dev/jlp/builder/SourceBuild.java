package dev.jlp.builder;

import dev.jlp.patch.PatchFile;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Makes a fixed release out of the original, its sources and a diff: the changed files are compiled
 * with and without the diff, by one compiler with one set of options, and what differs is taken.
 */
final class SourceBuild {

    private static final int NAMED_MAX = 5;

    private final Release original;
    private final SourceTree tree;
    private final FixedSources sources;
    private final SourceCompiler compiler;
    private final List<String> notes;

    private SourceBuild(
            Release original, SourceTree tree, FixedSources sources, SourceCompiler compiler) {
        this.original = original;
        this.tree = tree;
        this.sources = sources;
        this.compiler = compiler;
        this.notes = new ArrayList<>(sources.notes());
    }

    /**
     * The fixed release.
     *
     * @param notes what people should know is added to it
     */
    static Release fixed(
            ArtifactSource jar, SourceFix fix, BuildOptions options, List<String> notes)
            throws BuildProblem {
        Release original = Release.read(jar.file(), jar.label(), options.targetJdk());
        ArtifactSource source = ArtifactSource.resolveSources(fix.sources());
        SourceTree tree = SourceTree.read(source.file(), source.label());
        byte[] diff = read(fix.diff());
        FixedSources sources =
                FixedSources.of(tree, SourceDiff.parse(SourceTree.text(diff)), options.takable());
        List<Path> classpath = new ArrayList<>(List.of(jar.file()));
        for (String entry : options.classpath()) {
            classpath.add(ArtifactSource.resolve(entry).file());
        }
        ClassNode model = model(original, sources);
        int release = fix.release() == 0
                ? SourceCompiler.releaseFor(model.version & 0xFFFF)
                : fix.release();
        SourceBuild build = new SourceBuild(
                original,
                tree,
                sources,
                SourceCompiler.of(release, hasParameters(model), classpath));
        SortedMap<String, byte[]> classes = build.classes();
        notes.addAll(build.notes);
        String name = Path.of(fix.diff()).toFile().getName();
        return new Release(
                name,
                PatchFile.digest(diff),
                classes,
                classes,
                original.resources(),
                original.traits());
    }

    private SortedMap<String, byte[]> classes() throws BuildProblem {
        Recompiled recompiled;
        do {
            recompiled = Recompiled.of(
                    original,
                    compiler.compile(sources.before(), "the released sources"),
                    compiler.compile(sources.after(), "the fixed sources"));
        } while (sources.alsoCompile(tree.naming(recompiled.reshaped())));
        SortedMap<String, byte[]> classes = recompiled.classes();
        check(recompiled);
        return classes;
    }

    private void check(Recompiled recompiled) throws BuildProblem {
        List<String> otherwise = recompiled.otherwise();
        if (otherwise.size() * 2 > recompiled.compared()) {
            throw new BuildProblem("'" + tree.label() + "' are not the sources of '"
                    + original.label() + "': " + otherwise.size() + " of " + recompiled.compared()
                    + " methods of the changed files compile to something else");
        }
        if (!otherwise.isEmpty()) {
            int more = otherwise.size() - NAMED_MAX;
            notes.add("the sources without the diff do not compile to what was released in "
                    + String.join(", ", otherwise.subList(0, Math.min(NAMED_MAX, otherwise.size())))
                    + (more > 0 ? " and " + more + " more" : "")
                    + ": those are taken only where the diff changes them");
        }
    }

    /** A released class of the changed files, or any if all of them are new. */
    private static ClassNode model(Release original, FixedSources sources) throws BuildProblem {
        for (String path : sources.before().keySet()) {
            String name = path.substring(0, path.length() - ".java".length());
            if (original.classes().containsKey(name)) {
                return original.parse(name);
            }
        }
        return original.parse(original.classes().firstKey());
    }

    private static boolean hasParameters(ClassNode type) {
        for (MethodNode method : type.methods) {
            if (method.parameters != null && !method.name.equals("<init>")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] read(String file) throws BuildProblem {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw new BuildProblem("'" + file + "' can't be read: " + unreadable, unreadable);
        }
    }
}
