package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import dev.jlp.coverage.ExerciseJvms.Running;
import dev.jlp.coverage.generator.Script;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One pair's whole patch under calls at random: a JVM in which it comes and goes, beside JVMs of the
 * two releases that make the same calls.
 */
final class Differential {

    static final int CALLS = 3000;
    static final long SEED = 1;

    private static final long CALL_MILLIS = 10_000;
    private static final String WAIT = "20s";

    private final Pair pair;
    private final Path patch;
    private final Path plan;
    private final ExerciseJvms jvms;

    Differential(Pair pair, Jdk jdk, List<String> flags, Path folder) throws IOException {
        this.pair = pair;
        this.jvms = new ExerciseJvms(jdk, flags, folder);
        this.patch = folder.resolve(pair.id() + "-whole.jlp");
        this.plan = folder.resolve("plan");
    }

    /** What came of it; with {@code problem} if it did not come to a comparison. */
    JsonObject run() throws InterruptedException {
        JsonObject document = new JsonObject();
        try {
            JsonObject build = Jlp.run(Trials.build(pair, false, patch));
            document.put("build", build);
            if (build.getInt("exit") == 0) {
                compare(document);
            } else {
                document.put("problem", "not built: " + build.getString("message"));
            }
        } catch (IOException | PatchFileProblem | RuntimeException broken) {
            document.put("problem", broken.toString());
        }
        return document;
    }

    private void compare(JsonObject document)
            throws IOException, InterruptedException, PatchFileProblem {
        Script script = Script.of(jars(), changed(), CALLS, SEED);
        Scouts.Sifted sifted =
                new Scouts(jvms, plan).sift(script.plan(), pair.vulnerablePath(), pair.fixedPath());
        DifferentialResult result = new DifferentialResult(document);
        result.script(script, sifted);
        Comparison.Said vulnerable = released("vulnerable", pair.vulnerablePath());
        Comparison.Said vulnerableAgain = released("vulnerable-again", pair.vulnerablePath());
        Comparison.Said fixed = released("fixed", pair.fixedPath());
        Comparison.Said fixedAgain = released("fixed-again", pair.fixedPath());
        Comparison.Said patched = patched(document);
        if (!document.has("problem")) {
            result.comparison(
                    new Comparison(
                            List.of(vulnerable, vulnerableAgain),
                            List.of(fixed, fixedAgain),
                            patched),
                    sifted.plan());
        }
    }

    private Script.Jars jars() {
        List<Path> needed = pair.fixedDependencies().isEmpty()
                ? pair.dependencies().stream().map(Repository::jar).toList()
                : List.of();
        return new Script.Jars(
                pair.releases().stream().map(each -> Repository.jar(each[0])).toList(),
                pair.releases().stream().map(each -> Repository.jar(each[1])).toList(),
                needed);
    }

    /** The classes that the patch changes. */
    private Set<String> changed() throws IOException, PatchFileProblem {
        Patch read = PatchFile.read(Files.readAllBytes(patch));
        Set<String> names = new TreeSet<>();
        read.targets()
                .forEach(target -> target.classes().stream()
                        .map(ClassPatch::name)
                        .map(name -> name.replace('/', '.'))
                        .forEach(names::add));
        return names;
    }

    private Comparison.Said released(String role, List<String> classPath)
            throws IOException, InterruptedException {
        try (Running jvm = start(role, "", classPath)) {
            untilPatched(jvm);
            whilePatched(jvm);
            afterwards(jvm);
            return jvm.said();
        }
    }

    private Comparison.Said patched(JsonObject document) throws IOException, InterruptedException {
        String agent = "-javaagent:" + Shipped.agent();
        try (Running jvm = start("patched", agent, pair.vulnerablePath())) {
            untilPatched(jvm);
            String pid = jvm.jvm().pid();
            JsonObject load =
                    Jlp.run("load", "--wait", WAIT, "--require-target", pid, patch.toString());
            document.put("load", load);
            if (load.getInt("exit") != 0) {
                document.put("problem", "not loaded: " + load.getString("message"));
                return jvm.said();
            }
            whilePatched(jvm);
            String name = String.valueOf(patch.getFileName()).replaceFirst("\\.jlp$", "");
            JsonObject disable = Jlp.run("disable", "--wait", WAIT, pid, name);
            document.put("disable", disable);
            if (disable.getInt("exit") != 0) {
                document.put("problem", "not disabled: " + disable.getString("message"));
                return jvm.said();
            }
            afterwards(jvm);
            return jvm.said();
        }
    }

    private Running start(String role, String agent, List<String> classPath)
            throws IOException, InterruptedException {
        return jvms.start(
                role,
                agent,
                classPath,
                ExerciseJvms.CALLS,
                plan.toString(),
                Long.toString(CALL_MILLIS));
    }

    private static void untilPatched(Running jvm) throws IOException, InterruptedException {
        jvm.run(Phase.BEFORE);
        jvm.keep(Phase.OLD_OBJECTS);
        jvm.keep(Phase.OLDEST_OBJECTS);
    }

    private static void whilePatched(Running jvm) throws IOException, InterruptedException {
        jvm.run(Phase.AFTER);
        jvm.use(Phase.OLD_OBJECTS);
        jvm.keep(Phase.LEFT_OBJECTS);
    }

    private static void afterwards(Running jvm) throws IOException, InterruptedException {
        jvm.run(Phase.DISABLED);
        jvm.use(Phase.OLDEST_OBJECTS);
        jvm.use(Phase.LEFT_OBJECTS);
    }
}
