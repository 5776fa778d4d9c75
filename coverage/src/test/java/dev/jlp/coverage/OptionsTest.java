package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void without_words_everything_is_done() {
        Options options = Options.of();

        assertThat(options.mode()).isEqualTo(Options.Mode.ALL);
        assertThat(options.only()).isEmpty();
        assertThat(options.jdks()).isEmpty();
        assertThat(options.force()).isFalse();
    }

    @Test
    void only_takes_names_up_to_the_next_option() {
        Options options = Options.of("--only", "one", "two", "--jdk", "17", "--force");

        assertThat(options.only()).containsExactly("one", "two");
        assertThat(options.jdks()).containsExactly(17);
        assertThat(options.force()).isTrue();
    }

    @Test
    void a_differential_run_takes_pairs_and_jdks() {
        Options options = Options.of("--differential", "--only", "one", "--jdk", "25");

        assertThat(options.mode()).isEqualTo(Options.Mode.DIFFERENTIAL);
        assertThat(options.only()).containsExactly("one");
        assertThat(options.jdks()).containsExactly(25);
    }

    @Test
    void a_word_that_means_nothing_is_refused_by_its_name() {
        assertThatThrownBy(() -> Options.of("--jdk", "17", "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'one' is no option");
    }
}
