package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** A JDK that is not here is a skipped test with its number, not a silent pass. */
final class JdksTest {

    static List<Integer> wanted() {
        return Jdks.WANTED;
    }

    @ParameterizedTest(name = "JDK {0}")
    @MethodSource("wanted")
    void every_wanted_jdk_is_on_this_machine(int feature) {
        assumeTrue(
                Jdks.of(feature).isPresent(),
                "JDK " + feature
                        + " not found: nothing was tested on it (JLP_TEST_JDKS names more)");
    }

    @Test
    void at_least_one_jdk_is_tested() {
        assertThat(Jdks.present()).isNotEmpty();
    }
}
