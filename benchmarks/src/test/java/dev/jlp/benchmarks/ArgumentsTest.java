package dev.jlp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ArgumentsTest {

    @Test
    void an_option_has_the_value_after_it() {
        Arguments arguments = new Arguments(
                new String[] {"--print", "--forks", "3", "--sizes", "1,10"}, "forks", "sizes");

        assertThat(arguments.number("forks", 1)).isEqualTo(3);
        assertThat(arguments.numbers("sizes", List.of())).containsExactly(1, 10);
        assertThat(arguments.print()).isTrue();
    }

    @Test
    void what_is_not_said_is_the_default() {
        assertThat(new Arguments(new String[0], "forks").number("forks", 2)).isEqualTo(2);
    }

    @Test
    void an_unknown_option_is_refused() {
        assertThatThrownBy(() -> new Arguments(new String[] {"--fork", "3"}, "forks"))
                .hasMessage("'--fork' is not one of --forks, --jdks, --print");
    }
}
