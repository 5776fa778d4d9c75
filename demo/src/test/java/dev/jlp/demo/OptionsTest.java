package dev.jlp.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class OptionsTest {

    @Test
    void without_options_and_an_agent_the_shop_runs_on_the_jdk_of_the_demo_and_is_attached_to() {
        Options options = Options.of();

        assertThat(options.java()).isEqualTo(Path.of(System.getProperty("java.home")));
        assertThat(options.attach()).isTrue();
        assertThat(options.connections()).isGreaterThanOrEqualTo(Options.CONNECTIONS_MIN);
    }

    @Test
    void every_option_is_read() {
        assertThat(Options.of("--attach", "--connections", "80", "--java", "/jdk"))
                .isEqualTo(new Options(Path.of("/jdk"), true, 80));
    }

    @Test
    void what_is_not_known_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of("--fast"))
                .withMessage("unknown option '--fast'");
    }

    @Test
    void too_few_connections_prove_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--connections", "3"));
    }
}
