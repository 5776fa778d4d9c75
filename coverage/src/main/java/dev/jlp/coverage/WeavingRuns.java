package dev.jlp.coverage;

import dev.jlp.coverage.weaving.Counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The command {@code coverage/weave}: every class of the JDKs and of the libraries of this room's list is
 * woven, verified, armed and used. What has a result is not done again.
 */
public final class WeavingRuns {

    private static final List<String> SIDES = List.of("old", "new");

    private final Options options;
    private final List<Jdk> jdks;
    private final List<String> flags;
    private final List<Pair> libraries;
    private final Path work = Shipped.work().resolve("weaving");

    private WeavingRuns(Options options) throws IOException {
        this.options = options;
        Pairs list = Pairs.read();
        this.flags = list.jvmFlags();
        this.libraries =
                options.only().isEmpty() ? list.oneOfEachArtifact() : list.only(options.only());
        this.jdks = Jdk.present().stream()
                .filter(jdk -> options.jdks().isEmpty() || options.jdks().contains(jdk.feature()))
                .toList();
    }

    /** See {@code coverage/weave}; exit code 1 if anything failed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("coverage/weave: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        WeavingRuns runs = new WeavingRuns(options);
        if (options.mode() != Options.Mode.DOCUMENT) {
            runs.run();
        }
        WeavingDocument document = new WeavingDocument(Shipped.work().resolve("weaving"));
        Files.writeString(Shipped.weavingDocument(), String.join("\n", document.lines()) + "\n");
        document.totals().forEach(System.out::println);
        System.exit(document.failures().isEmpty() ? 0 : 1);
    }

    /** One run that leaves numbers. */
    private interface Run {
        Counts counts() throws IOException, InterruptedException;
    }

    private void run() throws IOException, InterruptedException {
        Repository.fetch(libraries, Shipped.work());
        for (Jdk jdk : jdks) {
            Path folder = Files.createDirectories(work.resolve(Integer.toString(jdk.feature())));
            Files.writeString(folder.resolve("jdk"), jdk.toString());
            WeavingJvms jvms = new WeavingJvms(jdk, folder.resolve("jvms"));
            once(folder, "verified-jdk", () -> jvms.verify("jdk", List.of(), List.of()));
            once(folder, "work", () -> work(jvms));
            Set<String> done = new LinkedHashSet<>();
            for (Pair library : libraries) {
                List<String> jars =
                        library.vulnerablePath().stream().filter(done::add).toList();
                once(folder, "verified-" + library.id(), () -> verified(jvms, library, jars));
            }
            for (Pair library : libraries) {
                once(
                        folder,
                        "calls-" + library.id(),
                        () -> new WeavingCalls(
                                        library,
                                        jdk,
                                        flags,
                                        Files.createDirectories(
                                                folder.resolve("calls").resolve(library.id())))
                                .run());
            }
        }
    }

    private void once(Path folder, String step, Run run) throws IOException, InterruptedException {
        Path file = folder.resolve(step + ".counts");
        if (!options.force() && Files.exists(file)) {
            return;
        }
        long start = System.nanoTime();
        Counts counts;
        try {
            counts = run.counts();
        } catch (IOException | RuntimeException broken) {
            counts = new Counts();
            counts.say("failed", step + ": it did not come to a result: " + broken);
        }
        counts.write(file);
        System.err.printf(
                "%4.0f s  JDK %s  %-50s %d failed%n",
                (System.nanoTime() - start) / 1e9, folder.getFileName(), step, counts.of("failed"));
    }

    /** The classes of a library and of those jars that it needs and no library before did. */
    private static Counts verified(WeavingJvms jvms, Pair library, List<String> jars)
            throws IOException, InterruptedException {
        Counts counts = jvms.verify(library.id(), library.vulnerablePath(), jars);
        counts.add("jars", jars.size());
        return counts;
    }

    private static Counts work(WeavingJvms jvms) throws IOException, InterruptedException {
        Counts counts = new Counts();
        List<String> plain = jvms.work("plain");
        List<String> again = jvms.work("plain-again");
        counts.add("lines", plain.size());
        differences("two unwoven JVMs", plain, again).forEach(each -> counts.say("failed", each));
        for (String side : SIDES) {
            Counts armed = new Counts();
            List<String> said = jvms.armedWork("armed-" + side, side, armed);
            List<String> failures = new ArrayList<>(differences(side + " bodies", plain, said));
            armed.texts("failed").forEach(each -> failures.add(side + ": " + each));
            failures.forEach(each -> counts.say("failed", each));
            counts.add(side + " failed", failures.size());
            armed.reasons("left out:")
                    .forEach((why, number) -> counts.add(side + " left out: " + why, number));
            counts.add(side + " classes", armed.of("classes"));
            counts.add(side + " methods", armed.of("methods"));
        }
        return counts;
    }

    /** Lines that are not the same. */
    static List<String> differences(String who, List<String> expected, List<String> found) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String one = i < expected.size() ? expected.get(i) : "nothing";
            String other = i < found.size() ? found.get(i) : "nothing";
            if (!one.equals(other)) {
                int at = 0;
                while (at < Math.min(one.length(), other.length())
                        && one.charAt(at) == other.charAt(at)) {
                    at++;
                }
                int from = Math.max(0, at - 40);
                differences.add("the fixed work, " + who + ", line " + (i + 1) + ": '"
                        + cut(other, from) + "' and not '" + cut(one, from) + "'");
            }
        }
        return differences;
    }

    private static String cut(String text, int from) {
        return text.substring(Math.min(from, text.length()), Math.min(from + 120, text.length()));
    }
}
