package dev.jlp.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class VersionTest {

    /** Ascending, no two equal. */
    private static final List<String> ASCENDING = List.of(
            "0",
            "1-alpha",
            "1-beta.2",
            "1-beta.10",
            "1-rc1",
            "1-rc2",
            "1",
            "1.0.1",
            "1.2",
            "1.10",
            "2.0-rc1",
            "2.0",
            "10");

    @Test
    void versions_have_mavens_order() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                Version left = new Version(ASCENDING.get(i));
                Version right = new Version(ASCENDING.get(j));
                assertThat(Integer.signum(left.compareTo(right)))
                        .as("%s against %s", left, right)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void missing_numbers_are_zero() {
        assertThat(new Version("1").compareTo(new Version("1.0.0"))).isZero();
    }

    @Test
    void letters_compare_without_case() {
        assertThat(new Version("1-RC1").compareTo(new Version("1-rc1"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1.", ".1", "1..2", "1-", "-1", "1 ", "1+2", "1.2.3.4.5.6.7.8.9"})
    void what_is_not_a_version_is_refused(String text) {
        assertThatThrownBy(() -> new Version(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
