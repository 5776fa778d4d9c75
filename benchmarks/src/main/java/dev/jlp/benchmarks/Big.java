package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Two releases of a class whose only method is just short enough to be compiled: HotSpot leaves methods of
 * more than 8000 bytes to its interpreter.
 */
record Big(Path original, Path fixed) {

    static final String NAME = "dev.jlp.benchmarks.subject.Big";

    /** Eight bytes each. */
    private static final int STATEMENTS = 990;

    static Big make(Releases releases) throws IOException {
        return new Big(
                releases.compile("big", Map.of(NAME, source(7))),
                releases.compile("big-fixed", Map.of(NAME, source(8))));
    }

    private static String source(int last) {
        return "package dev.jlp.benchmarks.subject;"
                + " public final class Big implements java.util.function.IntUnaryOperator {"
                + " public int applyAsInt(int x) { int sum = x; "
                + "sum = sum * 31 + 17; ".repeat(STATEMENTS)
                + "return sum + " + last + "; } }";
    }
}
