package dev.jlp.benchmarks;

import dev.jlp.builder.BuildProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two releases of some small classes {@code subject.S0} and so on, and the patch between them.
 *
 * @param original the release with the flaw
 * @param fixed the release without it; every class differs
 * @param patch named {@code subject}
 */
record Subjects(Path original, Path fixed, Path patch) {

    static Subjects make(Releases releases, int count) throws IOException, BuildProblem {
        Path original = releases.compile("subject", sources(count, 1));
        Path fixed = releases.compile("subject-fixed", sources(count, 2));
        return new Subjects(original, fixed, releases.patch("subject", original, fixed));
    }

    private static Map<String, String> sources(int count, int release) {
        Map<String, String> sources = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            sources.put(
                    "subject.S" + i,
                    "package subject; public class S" + i + " { int field = " + i + ";"
                            + " public static int value(int x) { return x + " + release + "; }"
                            + " public int other(int x) { return field + x * " + release + "; } }");
        }
        return sources;
    }
}
