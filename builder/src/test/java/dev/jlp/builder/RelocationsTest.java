package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The relocations of a build, as they are given and as they show. */
class RelocationsTest {

    private final Relocations relocations =
            new Relocations(List.of(Relocation.of("org.lib=x.lib"), Relocation.of("org=far.away")));

    @Test
    void a_copy_is_a_target_of_its_own() {
        assertThat(relocations.target("org:lib")).isEqualTo("org:lib@x.lib");
        assertThat(new Relocations(List.of()).target("org:lib")).isEqualTo("org:lib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a=", "=b", "a=a", "a=b=c", "a/b=c", "1=b"})
    void what_is_no_relocation_is_said(String text) {
        assertThatThrownBy(() -> Relocation.of(text))
                .hasMessageContaining("'" + text + "' is not a relocation");
    }
}
