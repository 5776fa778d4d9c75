package dev.jlp.coverage;

import dev.jlp.coverage.ExerciseJvms.Running;
import dev.jlp.coverage.exercise.Plan;
import dev.jlp.coverage.exercise.ResultFile;
import dev.jlp.coverage.generator.Script;
import dev.jlp.coverage.weaving.Counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A library under calls at random in four JVMs: in two as it is, in two with every method armed with its own
 * body twice, of which one JVM takes the old ones and the other the new ones. All calls are made twice.
 */
final class WeavingCalls {

    static final int CALLS = 1000;

    private static final long SEED = 1;
    private static final long CALL_MILLIS = 10_000;
    private static final List<Phase> ROUNDS = List.of(Phase.BEFORE, Phase.AFTER);

    private final Pair library;
    private final Jdk jdk;
    private final List<String> flags;
    private final Path folder;
    private final Path plan;
    private final WeavingJvms weaving;
    private final Counts counts = new Counts();

    WeavingCalls(Pair library, Jdk jdk, List<String> flags, Path folder) throws IOException {
        this.library = library;
        this.jdk = jdk;
        this.flags = flags;
        this.folder = folder;
        this.plan = folder.resolve("plan");
        this.weaving = new WeavingJvms(jdk, folder);
    }

    Counts run() throws IOException, InterruptedException {
        ExerciseJvms plain = new ExerciseJvms(jdk, flags, folder);
        List<Path> own = List.of(Repository.jar(library.original()));
        List<Path> needed = library.dependencies().stream().map(Repository::jar).toList();
        Script script = Script.of(new Script.Jars(own, own, needed), Set.of(), CALLS, SEED);
        List<String> classPath = library.vulnerablePath();
        Plan calls = new Scouts(plain, plan)
                .sift(script.plan(), classPath, classPath)
                .plan();
        counts.add("members", script.members());
        counts.add("calls", calls.calls().size());
        Comparison.Said one = said(plain, "plain", "");
        Comparison.Said other = said(plain, "plain-again", "");
        for (String side : List.of("old", "new")) {
            Path log = folder.resolve("armed-" + side + ".txt");
            List<String> options = weaving.armed(side, log, classPath);
            ExerciseJvms armed = new ExerciseJvms(
                    jdk, Stream.concat(options.stream(), flags.stream()).toList(), folder);
            compare(
                    side,
                    calls,
                    List.of(one, other),
                    said(armed, side, "-javaagent:" + Shipped.agent()));
            log(side, log);
        }
        return counts;
    }

    private Comparison.Said said(ExerciseJvms jvms, String role, String agent)
            throws IOException, InterruptedException {
        try (Running jvm = jvms.start(
                role,
                agent,
                library.vulnerablePath(),
                ExerciseJvms.CALLS,
                plan.toString(),
                Long.toString(CALL_MILLIS))) {
            for (Phase round : ROUNDS) {
                jvm.run(round);
            }
            return jvm.said();
        }
    }

    private void compare(
            String side, Plan calls, List<Comparison.Said> plain, Comparison.Said armed) {
        for (Phase round : ROUNDS) {
            for (Plan.Call call : calls.calls()) {
                String expected = plain.get(0).text(round, call.number());
                if (!expected.equals(plain.get(1).text(round, call.number()))
                        || expected.startsWith(ResultFile.LATE)) {
                    counts.add(side + " unsteady", 1);
                    continue;
                }
                counts.add(side + " compared", 1);
                String found = armed.text(round, call.number());
                if (!expected.equals(found)) {
                    counts.add(side + " failed", 1);
                    counts.say(
                            "failed",
                            library.id() + ", " + side + " bodies, "
                                    + call.invocation().owner() + "."
                                    + call.invocation().name() + ": '" + found
                                    + "' and not '" + expected + "'");
                }
            }
        }
    }

    private void log(String side, Path log) throws IOException {
        for (String line : Files.readAllLines(log)) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals("armed")) {
                counts.add(side + " classes", 1);
                counts.add(side + " methods", Long.parseLong(parts[2]));
                counts.add(side + " left out", Long.parseLong(parts[3]));
            } else {
                counts.add(side + " failed", 1);
                counts.say("failed", line);
            }
        }
    }
}
