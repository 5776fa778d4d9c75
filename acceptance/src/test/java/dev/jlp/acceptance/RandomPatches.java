package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The patches of the random driver: they have the outermost method in common, and parts of the rest. */
final class RandomPatches {

    static final List<RandomModel.Fix> ALL = List.of(
            RandomModel.fix(1, "a", "set", 1),
            RandomModel.fix(2, "a", "set", 1, 2),
            RandomModel.fix(3, "b", "set", 2),
            RandomModel.fix(4, "b", "set", 1),
            RandomModel.fix(5, "c", "none", 2),
            RandomModel.fix(6, "d", "none", 1, 2),
            RandomModel.fix(7, "e", "all", 2));

    private static final List<String> TOKENS = List.of("TOP", "MID", "LOW");

    private final Path original;
    private final Map<RandomModel.Fix, Path> fixed = new HashMap<>();
    private final Map<RandomModel.Fix, Path> artifacts = new HashMap<>();

    /** Compiled by the oldest JDK, so that all of them can run it. */
    RandomPatches() {
        Jdk oldest = Jdks.present().get(0);
        original = compile(oldest, RandomModel.fix(0, "", ""), "original");
        for (RandomModel.Fix fix : ALL) {
            Path jar = compile(oldest, fix, fix.name());
            fixed.put(fix, jar);
            artifacts.put(
                    fix,
                    new Change(original, jar)
                            .patch(
                                    fix.name(),
                                    "--replace-set",
                                    fix.set(),
                                    "--replace",
                                    fix.replace()));
        }
    }

    /** Fix 0 changes nothing: every body is the original, whose number is 0 too. */
    private static Path compile(Jdk jdk, RandomModel.Fix fix, String folder) {
        Sources sources = Sources.ofCorpus("random");
        for (int method = 0; method < TOKENS.size(); method++) {
            int owner = fix.methods().contains(method) ? fix.number() : 0;
            sources = sources.replace(TOKENS.get(method), Integer.toString(owner));
        }
        Path jar = Workplace.fresh().resolve(folder).resolve("random.jar");
        return sources.compile(jdk, jar, List.of(), List.of());
    }

    Path original() {
        return original;
    }

    /** The library with this fix. */
    Path fixed(RandomModel.Fix fix) {
        return fixed.get(fix);
    }

    Path artifact(RandomModel.Fix fix) {
        return artifacts.get(fix);
    }
}
