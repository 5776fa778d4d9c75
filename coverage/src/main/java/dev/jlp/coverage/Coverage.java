package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The command {@code coverage/run}. */
public final class Coverage {

    private final Options options;
    private final List<Pair> pairs;
    private final Path work;
    private final Results results;

    private Coverage(Options options, List<Pair> pairs, Path work) throws IOException {
        this.options = options;
        this.pairs = pairs;
        this.work = work;
        this.results = new Results(work.resolve("results"));
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
        Path root =
                Path.of(System.getProperty("jlp.root", ".")).toAbsolutePath().normalize();
        List<Pair> pairs = Pairs.read().only(options.only());
        new Coverage(options, pairs, root.resolve("coverage/target")).run();
        System.exit(0); // a build that hangs does not hold the command
    }

    private void run() throws IOException, InterruptedException {
        if (options.mode() != Options.Mode.REASONS) {
            Repository.fetch(pairs, work);
            buildAll();
        }
        reasons();
    }

    private void buildAll() throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (Pair pair : pairs) {
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

    private void reasons() throws IOException {
        ReasonsText.lines("whole releases", results.builds(pairs, "whole"))
                .forEach(System.out::println);
        System.out.println();
        ReasonsText.lines("minimal fixes", results.builds(pairs, "minimal"))
                .forEach(System.out::println);
    }
}
