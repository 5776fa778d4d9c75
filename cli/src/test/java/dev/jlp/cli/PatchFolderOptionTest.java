package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.control.ControlProblem;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.util.Map;

class PatchFolderOptionTest {

    @Command
    private static final class Choice {
        @Mixin
        private final PatchFolderOption option = new PatchFolderOption();
    }

    @Test
    void the_option_wins_over_the_folder_of_patches_and_that_over_the_one_of_state()
            throws ControlProblem {
        Map<String, String> both = Map.of("JLP_PATCHES", "/patches", "JLP_STATE", "/state");

        assertThat(folder(both, "--directory", "/option")).isEqualTo(Path.of("/option"));
        assertThat(folder(both)).isEqualTo(Path.of("/patches"));
        assertThat(folder(Map.of("JLP_STATE", "/state"))).isEqualTo(Path.of("/state/patches"));
    }

    @Test
    void the_word_that_switches_the_agents_folder_off_is_no_folder() {
        assertThatThrownBy(() -> folder(Map.of("JLP_PATCHES", "none")))
                .isInstanceOf(ControlProblem.class)
                .hasMessageContaining("'none' as JLP_PATCHES")
                .satisfies(refused ->
                        assertThat(((ControlProblem) refused).code().exit()).isEqualTo(2));
        assertThatThrownBy(() -> folder(Map.of(), "--directory", "none"))
                .hasMessageContaining("'none' as --directory");
    }

    @Test
    void a_folder_that_is_called_like_that_word_can_be_named() throws ControlProblem {
        assertThat(folder(Map.of("JLP_PATCHES", "none"), "--directory", "./none"))
                .isEqualTo(Path.of("none").toAbsolutePath());
    }

    private static Path folder(Map<String, String> environment, String... options)
            throws ControlProblem {
        Choice choice = new Choice();
        new CommandLine(choice).parseArgs(options);
        return choice.option.folder(environment).path();
    }
}
