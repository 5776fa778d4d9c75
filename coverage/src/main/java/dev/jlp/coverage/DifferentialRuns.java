package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Patched libraries beside the fixed releases, pair by pair; what has a result is not done again. */
final class DifferentialRuns {

    private final Options options;
    private final Pairs list;
    private final Results results;

    DifferentialRuns(Options options, Pairs list, Results results) {
        this.options = options;
        this.list = list;
        this.results = results;
    }

    /** One run of a pair. */
    private interface Run {
        JsonObject of(Pair pair, Jdk jdk, Path folder) throws IOException, InterruptedException;
    }

    /** Calls at random; of all pairs that were asked for, or of one of each artifact. */
    void calls(List<Jdk> jdks) throws IOException, InterruptedException {
        List<Pair> pairs =
                options.only().isEmpty() ? list.oneOfEachArtifact() : list.only(options.only());
        Repository.fetch(pairs, Shipped.work());
        for (Pair pair : pairs) {
            for (Jdk jdk : jdks) {
                once(
                        pair,
                        jdk,
                        DifferentialDocument.step(jdk.feature()),
                        (each, on, folder) ->
                                new Differential(each, on, list.jvmFlags(), folder).run());
            }
        }
    }

    /** The fixed releases' own tests, where there are some. */
    void tests(List<Jdk> jdks) throws IOException, InterruptedException {
        Map<String, List<String>> tests = OwnTests.list();
        List<Pair> pairs = list.only(options.only()).stream()
                .filter(pair -> tests.containsKey(pair.id()))
                .toList();
        Repository.fetch(pairs, Shipped.work());
        Set<String> jars = new LinkedHashSet<>();
        tests.values().forEach(jars::addAll);
        Repository.fetch(jars, Shipped.work());
        for (Pair pair : pairs) {
            List<String> own = tests.getOrDefault(pair.id(), List.of());
            for (Jdk jdk : jdks) {
                once(
                        pair,
                        jdk,
                        DifferentialDocument.testsStep(jdk.feature()),
                        (each, on, folder) ->
                                new OwnTests(each, own, on, list.jvmFlags(), folder).run());
            }
        }
    }

    private void once(Pair pair, Jdk jdk, String step, Run run)
            throws IOException, InterruptedException {
        if (!options.force() && results.read(pair, step).isPresent()) {
            return;
        }
        Path folder =
                Shipped.work().resolve("differential").resolve(pair.id() + "-" + jdk.feature());
        JsonObject result = run.of(pair, jdk, folder);
        result.put("jdk", jdk.toString());
        results.write(pair, step, result);
        System.err.printf(
                "%-40s %s: %s%n",
                pair.id(),
                jdk,
                result.getString("problem", result.getInt("compared") + " compared"));
    }

    void writeDocument() throws IOException {
        DifferentialDocument document = new DifferentialDocument(list.all(), results);
        Files.writeString(
                Shipped.differentialDocument(), String.join("\n", document.lines()) + "\n");
        document.totals().forEach(System.out::println);
    }
}
