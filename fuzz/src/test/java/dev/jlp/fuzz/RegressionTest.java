package dev.jlp.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What fuzzing has found stays fixed, and some inputs of each kind are tried in each build. */
final class RegressionTest {

    /** How many times as many as usual. */
    private static final int FACTOR = Integer.getInteger("jlp.fuzz.inputs", 1);

    @ParameterizedTest
    @EnumSource
    void sound_inputs_are_taken(Fuzzed fuzzed) {
        fuzzed.seeds().forEach(fuzzed::take);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_found_once_is_refused_with_a_sentence_or_taken(Fuzzed fuzzed) throws Exception {
        for (Path found : corpus(fuzzed)) {
            take(fuzzed, found.getFileName().toString(), Files.readAllBytes(found));
        }
    }

    @ParameterizedTest
    @EnumSource
    void damaged_inputs_are_refused_with_a_sentence_or_taken(Fuzzed fuzzed) {
        Mutations mutations = new Mutations(20_260_101);
        int inputs = fuzzed.inputs() * FACTOR;
        assertThat(inputs).isPositive();
        for (int i = 0; i < inputs; i++) {
            take(fuzzed, "input " + i, mutations.any(fuzzed.seeds()));
        }
    }

    private static void take(Fuzzed fuzzed, String name, byte[] input) {
        try {
            fuzzed.take(input);
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(
                    fuzzed + ", " + name + ": " + HexFormat.of().formatHex(input), broken);
        }
    }

    private static List<Path> corpus(Fuzzed fuzzed) throws IOException, URISyntaxException {
        URL folder = RegressionTest.class.getResource(
                "/corpus/" + fuzzed.name().toLowerCase(Locale.ROOT));
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
