package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class JvmCommandLineTest {

    @Test
    void the_main_class_comes_after_options_and_their_values() {
        assertThat(line("/usr/bin/java", "-cp", "a:b", "-Xmx1g", "shop.Server", "-x")
                        .main())
                .isEqualTo("shop.Server");
    }

    @Test
    void a_jar_is_known_by_its_file_name() {
        assertThat(line("java", "-jar", "/opt/shop/shop-1.jar", "-jar", "x").main())
                .isEqualTo("shop-1.jar");
    }

    @Test
    void another_program_with_a_jvm_inside_is_known_by_its_own_name() {
        assertThat(line("/usr/bin/jshell").main()).isEqualTo("jshell");
    }

    @Test
    void the_last_word_about_a_switch_counts() {
        JvmCommandLine line = JvmCommandLine.parse(
                List.of(
                        "java",
                        "-XX:-DisableAttachMechanism",
                        "Main",
                        "-XX:-EnableDynamicAgentLoading"),
                List.of("JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism"));

        assertThat(line.enabled("DisableAttachMechanism", false)).isFalse();
        assertThat(line.enabled("EnableDynamicAgentLoading", true)).isTrue();
    }

    @Test
    void a_stack_is_as_large_as_the_last_word_about_it_says() {
        assertThat(line("java", "Main").stackBytes()).isEqualTo(1 << 20);
        assertThat(line("java", "-Xss64m", "Main").stackBytes()).isEqualTo(64 << 20);
        assertThat(line("java", "-Xss64m", "-XX:ThreadStackSize=512", "Main").stackBytes())
                .isEqualTo(512 << 10);
        assertThat(line("java", "-XX:ThreadStackSize=1m", "-Xss524288", "Main").stackBytes())
                .isEqualTo(512 << 10);
    }

    @Test
    void the_agents_option_wins_over_the_property_and_that_over_the_environment() {
        List<String> environment = List.of("JLP_CONTROL=/env");

        assertThat(JvmCommandLine.parse(List.of("java", "Main"), environment).controlFolder())
                .isEqualTo("/env");
        assertThat(JvmCommandLine.parse(
                                List.of("java", "-Djlp.control=/property", "Main"), environment)
                        .controlFolder())
                .isEqualTo("/property");
        assertThat(JvmCommandLine.parse(
                                List.of(
                                        "java",
                                        "-javaagent:/opt/jlp-agent.jar=enabled=true,control=/option",
                                        "-Djlp.control=/property",
                                        "Main"),
                                environment)
                        .controlFolder())
                .isEqualTo("/option");
    }

    private static JvmCommandLine line(String... words) {
        return JvmCommandLine.parse(List.of(words), List.of());
    }
}
