package dev.jlp.coverage;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.Change;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.PatchFile;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Builds in this JVM, warm, as fast as it goes. */
final class Builds {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    private Builds() {}

    /** The whole difference of the releases. */
    static BuildReport whole(Pair pair) throws InterruptedException {
        return twice(pair, options(pair), Set.of());
    }

    /** The classes of the smallest fix with what they need. */
    static BuildReport minimal(Pair pair) throws InterruptedException {
        BuildOptions options =
                options(pair).including(pair.minimal().toArray(String[]::new)).withClosure(true);
        return twice(pair, options, Set.copyOf(pair.minimal()));
    }

    private static BuildOptions options(Pair pair) {
        return BuildOptions.named("fix", "1")
                .withClasspath(pair.dependencies())
                .startingAnew(pair.anew().toArray(String[]::new));
    }

    private static List<ReleasePair> releases(Pair pair) {
        return pair.releases().stream()
                .map(each -> new ReleasePair(each[0], each[1]))
                .toList();
    }

    /**
     * Builds, and once more if there is a patch.
     *
     * @param asked the classes that were asked for; none for all
     */
    private static BuildReport twice(Pair pair, BuildOptions options, Set<String> asked)
            throws InterruptedException {
        resetPeaks();
        Timed first = timed(releases(pair), options);
        Optional<Again> again = Optional.empty();
        Optional<byte[]> bytes = first.artifact();
        if (bytes.isPresent()) {
            Timed second = timed(releases(pair), options);
            again = Optional.of(new Again(
                    megabytes(pair),
                    second.seconds(),
                    Arrays.equals(bytes.get(), second.artifact().orElse(new byte[0]))));
        }
        return report(first, asked, again);
    }

    /** What one build within a time came to: a result or a problem. */
    private record Timed(@Nullable BuildResult result, String problem, double seconds) {

        Optional<byte[]> artifact() {
            return Optional.ofNullable(result).flatMap(BuildResult::patch).map(PatchFile::write);
        }
    }

    private static Timed timed(List<ReleasePair> releases, BuildOptions options)
            throws InterruptedException {
        long start = System.nanoTime();
        BuildResult result = null;
        String problem = "";
        CompletableFuture<BuildResult> build = building(releases, options);
        try {
            result = build.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            problem = "the build took longer than " + LONGEST.toSeconds() + " s";
        } catch (ExecutionException failed) {
            problem = sentence(failed.getCause());
        }
        return new Timed(result, problem, (System.nanoTime() - start) / 1e9);
    }

    private static double megabytes(Pair pair) {
        return pair.releases().stream()
                        .mapToLong(each -> Repository.jar(each[0]).toFile().length())
                        .sum()
                / 1e6;
    }

    private static CompletableFuture<BuildResult> building(
            List<ReleasePair> releases, BuildOptions options) {
        CompletableFuture<BuildResult> build = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    // A builder that breaks is a result, too.
                    try {
                        build.complete(PatchBuilder.build(releases, options));
                    } catch (BuildProblem | RuntimeException | Error broken) {
                        build.completeExceptionally(broken);
                    }
                },
                "build");
        thread.setDaemon(true);
        thread.start();
        return build;
    }

    private static String sentence(@Nullable Throwable thrown) {
        return thrown instanceof BuildProblem
                ? String.valueOf(thrown.getMessage())
                : "the builder broke: " + thrown;
    }

    private static BuildReport report(Timed build, Set<String> asked, Optional<Again> again) {
        Map<String, Integer> verdicts = new TreeMap<>();
        List<Refusal> refusals = new ArrayList<>();
        if (!build.problem().isEmpty()) {
            refusals.add(new Refusal(Refusal.PROBLEM, "", build.problem()));
        }
        BuildResult result = build.result();
        for (Change change : result == null ? List.<Change>of() : result.changes()) {
            boolean counts = asked.isEmpty()
                    || asked.contains(change.className())
                    || change.kind() == Change.Kind.LINK;
            if (counts) {
                verdicts.merge(change.kind() + " " + change.verdict(), 1, Integer::sum);
                if (change.verdict() == Change.Verdict.REFUSED
                        || change.verdict() == Change.Verdict.NEEDS_CALLBACK) {
                    refusals.add(
                            new Refusal(change.kind().name(), change.subject(), change.reason()));
                }
            }
        }
        boolean built = result != null && result.patch().isPresent();
        if (!built && refusals.isEmpty()) {
            refusals.add(new Refusal(Refusal.PROBLEM, "", "nothing is left to take"));
        }
        return new BuildReport(built, build.seconds(), peakMegabytes(), verdicts, refusals, again);
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }
}
