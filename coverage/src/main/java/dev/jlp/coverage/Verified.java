package dev.jlp.coverage;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the JVM's verifier takes every class of every patch of a whole release. A class that does not link in the
 * released jars either, for want of an optional dependency, is not counted.
 */
final class Verified {

    private Verified() {}

    /** Prints a line for each pair and each class that does not verify; exit code 1 if there is one. */
    @SuppressWarnings("SystemOut") // what the command is for
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int classes = 0;
        int patches = 0;
        int broken = 0;
        for (Pair pair : Pairs.read().only(List.of(arguments))) {
            List<ReleasePair> releases = pair.releases().stream()
                    .map(each -> new ReleasePair(each[0], each[1]))
                    .toList();
            Patch patch;
            try {
                BuildResult result = PatchBuilder.build(
                        releases,
                        BuildOptions.named("fix", "1")
                                .withClasspath(pair.dependencies())
                                .onlyTakable(true));
                patch = result.patch().orElse(null);
            } catch (BuildProblem problem) {
                System.out.println(pair.id() + ": " + problem.getMessage());
                continue;
            }
            if (patch == null) {
                System.out.println(pair.id() + ": nothing is left to take");
                continue;
            }
            List<String> failures = failures(pair, patch);
            int count = names(patch).size();
            classes += count;
            patches++;
            broken += failures.size();
            System.out.println(
                    pair.id() + ": " + count + " classes, " + failures.size() + " broken");
            failures.forEach(failure -> System.out.println("    " + failure));
        }
        System.out.println(patches + " patches, " + classes + " classes, " + broken + " broken");
        System.exit(broken == 0 ? 0 : 1);
    }

    private static List<String> failures(Pair pair, Patch patch) throws IOException {
        List<Path> originals = new ArrayList<>();
        List<Path> fixes = new ArrayList<>();
        for (String[] release : pair.releases()) {
            originals.add(Repository.jar(release[0]));
            fixes.add(Repository.jar(release[1]));
        }
        URL[] dependencies = new URL[pair.dependencies().size()];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] = Repository.jar(pair.dependencies().get(i)).toUri().toURL();
        }
        List<String> failures = new ArrayList<>();
        try (URLClassLoader around =
                new URLClassLoader(dependencies, Verified.class.getClassLoader())) {
            PatchedLoader before = PatchedLoader.released(originals, around);
            PatchedLoader after = PatchedLoader.released(fixes, around);
            PatchedLoader patched = PatchedLoader.patched(originals, patch, around);
            for (String name : names(patch)) {
                String failure = patched.link(name);
                boolean missing = failure.contains("NoClassDefFoundError")
                        || failure.contains("ClassNotFoundException");
                boolean always = missing
                        && ((before.names().contains(name) && !before.link(name).isEmpty())
                                || (after.names().contains(name)
                                        && !after.link(name).isEmpty())
                                || !patched.names().contains(missingName(failure)));
                if (!failure.isEmpty() && !always) {
                    failures.add(name + ": " + failure.lines().limit(4).toList());
                }
            }
        }
        return failures;
    }

    private static String missingName(String failure) {
        return failure.substring(failure.indexOf(':') + 1).strip().replace('.', '/');
    }

    private static List<String> names(Patch patch) {
        List<String> names = new ArrayList<>();
        for (Target target : patch.targets()) {
            target.classes().stream().map(ClassPatch::name).forEach(names::add);
            target.added().stream().map(AddedClass::name).forEach(names::add);
        }
        return names;
    }
}
