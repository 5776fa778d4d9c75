package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's selftests and ours, as scripts whose log is the claim. */
@OnEveryJdk
final class ScenarioTest {

    private static final Path SCRIPTS = Path.of("scenarios");

    private final Jdk jdk;

    ScenarioTest(Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void the_log_is_the_script(Path script) {
        Scenario scenario = Scenario.read(script);

        assertThat(scenario.play(jdk)).isEqualTo(scenario.text());
    }
}
