package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class JvmChoiceTest {

    private final JvmChoice choice = new JvmChoice(
            List.of(jvm(1, "shop.Server"), jvm(2, "shop.ServerTest"), jvm(3, "web.jar")));

    @Test
    void a_part_that_only_one_has_means_it() throws Exception {
        assertThat(choice.one("web").pid()).isEqualTo(3);
    }

    @Test
    void a_whole_name_wins_over_a_part_of_another() throws Exception {
        assertThat(choice.one("shop.Server").pid()).isEqualTo(1);
    }

    @Test
    void a_part_that_two_have_is_refused_with_the_list() {
        ControlProblem problem =
                catchThrowableOfType(ControlProblem.class, () -> choice.one("shop"));

        assertThat(problem.code()).isEqualTo(ErrorCode.ESRCH);
        assertThat(Documents.strings(problem.details(), "candidates"))
                .containsExactly("1 shop.Server", "2 shop.ServerTest");
    }

    @Test
    void all_means_every_one_that_matches() throws Exception {
        assertThat(choice.every("shop")).extracting(JvmProcess::pid).containsExactly(1L, 2L);
    }

    private static JvmProcess jvm(long pid, String main) {
        return new JvmProcess(pid, new JvmCommandLine(List.of(), main, Map.of()));
    }
}
