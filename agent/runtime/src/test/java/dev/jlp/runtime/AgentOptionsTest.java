package dev.jlp.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class AgentOptionsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @Test
    void the_document_has_every_key_and_no_other() throws IOException {
        String document = Files.readString(Path.of("../../docs/agent.md"));
        int options = document.indexOf("## Options of the agent");
        Matcher row =
                ROW.matcher(document.substring(options, document.indexOf("\n## ", options + 1)));

        Set<String> documented = new TreeSet<>();
        while (row.find()) {
            documented.add(row.group(1));
        }

        assertThatThrownBy(() -> AgentOptions.parse("no-such-key=1"))
                .hasMessageEndingWith("known are " + documented);
    }

    @Test
    void names_that_only_look_like_options_are_said_in_one_sentence() {
        Set<String> properties = Set.of("jlp.pathces", "jlp.events", "jlp.agent", "jlp.a.program");
        Map<String, String> environment = Map.of(
                "JLP_WALKPAUSE", "", "JLP_WALK_PAUSE", "", "JLP_PATCH", "", "JLP_TEST_JDKS", "");

        assertThat(StrayOptions.sentence(properties, environment))
                .contains(
                        "not known to the agent, so without effect: 'JLP_WALKPAUSE', 'jlp.pathces'");
        assertThat(StrayOptions.sentence(Set.of("user.home"), Map.of("PATH", "/bin")))
                .isEmpty();
    }
}
