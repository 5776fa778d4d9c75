package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The command {@code coverage/run}. */
public final class Coverage {

    private final Options options;
    private final Pairs list;
    private final List<Pair> pairs;
    private final Results results;

    private Coverage(Options options) throws IOException {
        this.options = options;
        this.list = Pairs.read();
        this.pairs = list.only(options.only());
        this.results = new Results(Shipped.work().resolve("results"));
    }

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("coverage: " + wrong.getMessage() + "\nusage: " + Options.USAGE);
            System.exit(2);
            return;
        }
        new Coverage(options).run();
        System.exit(0); // a build that hangs does not hold the command
    }

    private void run() throws IOException, InterruptedException {
        switch (options.mode()) {
            case ALL -> {
                Repository.fetch(pairs, Shipped.work());
                buildAll(options.force());
                tryAll();
                writeDocument();
            }
            case BUILD_ONLY -> {
                Repository.fetch(pairs, Shipped.work());
                buildAll(true);
                reasons();
            }
            case REASONS -> reasons();
            case DIFFERENTIAL -> {
                DifferentialRuns runs = new DifferentialRuns(options, list, results);
                runs.calls(jdks());
                runs.writeDocument();
            }
            case RELEASE_TESTS -> {
                DifferentialRuns runs = new DifferentialRuns(options, list, results);
                runs.tests(jdks());
                runs.writeDocument();
            }
            case DOCUMENT -> {
                writeDocument();
                new DifferentialRuns(options, list, results).writeDocument();
            }
        }
    }

    private void buildAll(boolean anew) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (Pair pair : pairs) {
            if (!anew && results.read(pair, "build").isPresent()) {
                continue;
            }
            JsonObject document = new JsonObject();
            BuildReport whole = Builds.whole(pair);
            document.put("whole", whole.json());
            String minimal = "-";
            if (pair.hasMinimal()) {
                BuildReport report = Builds.minimal(pair);
                document.put("minimal", report.json());
                minimal = word(report);
            }
            results.write(pair, "build", document);
            System.err.printf("%-48s whole %-8s minimal %s%n", pair.id(), word(whole), minimal);
        }
        System.err.printf("built in %.0f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static String word(BuildReport report) {
        return report.built() ? "built" : "refused";
    }

    private void tryAll() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Trials trials = new Trials(list.jvmFlags(), results);
        for (Pair pair : pairs) {
            if (!pair.hasDemo()) {
                continue;
            }
            for (Jdk jdk : jdks()) {
                trials.run(pair, jdk, options.force());
                System.err.printf(
                        "%4.0f s  %-40s JDK %d: minimal %s, whole %s%n",
                        (System.nanoTime() - start) / 1e9,
                        pair.id(),
                        jdk.feature(),
                        outcome(pair, jdk, "minimal").text(),
                        outcome(pair, jdk, "whole").text());
            }
        }
    }

    private List<Jdk> jdks() throws IOException {
        return Jdk.present().stream()
                .filter(jdk -> options.jdks().isEmpty() || options.jdks().contains(jdk.feature()))
                .toList();
    }

    private Outcome outcome(Pair pair, Jdk jdk, String sort) throws IOException {
        Optional<JsonObject> document = results.read(pair, Integer.toString(jdk.feature()));
        return Outcome.of(document.map(all -> all.getObject(sort)).orElseGet(JsonObject::new));
    }

    private void writeDocument() throws IOException {
        Document document = new Document(list.all(), results);
        Files.writeString(Shipped.document(), String.join("\n", document.lines()) + "\n");
        document.totals().forEach(System.out::println);
    }

    private void reasons() throws IOException {
        ReasonsText.lines("whole releases", results.builds(pairs, "whole"))
                .forEach(System.out::println);
        System.out.println();
        ReasonsText.lines("minimal fixes", results.builds(pairs, "minimal"))
                .forEach(System.out::println);
    }
}
