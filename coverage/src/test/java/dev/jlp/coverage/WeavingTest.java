package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.coverage.weaving.Counts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code coverage/weave} makes of its numbers. */
final class WeavingTest {

    @TempDir
    Path work;

    @Test
    void what_failed_once_is_in_the_document_and_fails_the_command() throws Exception {
        Counts counts = new Counts();
        counts.add("classes", 3);
        counts.say("failed", "lib.Two: armed: java.lang.VerifyError");
        write("verified-lib-1", counts);

        WeavingDocument document = new WeavingDocument(work);

        assertThat(document.failures())
                .containsExactly(
                        "JDK 17.0.1, verified-lib-1: lib.Two: armed: java.lang.VerifyError");
        assertThat(document.lines())
                .contains("* JDK 17.0.1, verified-lib-1: lib.Two: armed: java.lang.VerifyError");
    }

    @Test
    void the_libraries_are_added_up_and_the_jdk_is_not_among_them() throws Exception {
        Counts library = new Counts();
        library.add("classes", 3);
        library.add("refused: it is a constructor", 2);
        write("verified-lib-1", library);
        write("verified-lib-2", library);
        Counts jdk = new Counts();
        jdk.add("classes", 100);
        write("verified-jdk", jdk);

        WeavingDocument document = new WeavingDocument(work);

        assertThat(document.totals())
                .contains(
                        "| JDK 17.0.1 | - | 100 | 0 | 0 | 0 | 0 | 0 | 0 | 0 (0 methods) | 0 |",
                        "| 2 libraries, JDK 17.0.1 | - | 6 | 0 | 0 | 0 | 4 | 0 | 0 | 0 (0 methods) | 0 |");
        assertThat(document.failures()).isEmpty();
    }

    @Test
    void a_line_that_differs_or_is_missing_is_a_difference() {
        assertThat(WeavingRuns.differences("new bodies", List.of("a", "b"), List.of("a", "b")))
                .isEmpty();
        assertThat(WeavingRuns.differences("new bodies", List.of("a", "b"), List.of("a", "c")))
                .containsExactly("the fixed work, new bodies, line 2: 'c' and not 'b'");
        assertThat(WeavingRuns.differences("new bodies", List.of("a", "b"), List.of("a")))
                .containsExactly("the fixed work, new bodies, line 2: 'nothing' and not 'b'");
    }

    private void write(String step, Counts counts) throws Exception {
        Path folder = Files.createDirectories(work.resolve("17"));
        Files.writeString(folder.resolve("jdk"), "JDK 17.0.1");
        counts.write(folder.resolve(step + ".counts"));
    }
}
