package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Names and texts are renamed as the plugin does that shades jars. */
class RelocationsTest {

    private final Relocations relocations =
            new Relocations(List.of(Relocation.of("org.lib=x.lib"), Relocation.of("org=far.away")));

    @ParameterizedTest
    @CsvSource({
        "org.lib.A, x.lib.A",
        "org/lib/A.txt, x/lib/A.txt",
        "Lorg/lib/A;, Lx/lib/A;",
        "[[Lorg.lib.A;, [[Lx.lib.A;",
        "org.other.B, far.away.other.B",
        "/org/lib/A, /org/lib/A",
        "see org.lib.A, see org.lib.A"
    })
    void a_text_that_begins_with_a_renamed_package_is_renamed(String text, String renamed) {
        assertThat(relocations.mapValue(text)).isEqualTo(renamed);
    }

    @Test
    void the_first_rule_that_fits_a_name_counts() {
        assertThat(relocations.map("org/lib/A")).isEqualTo("x/lib/A");
        assertThat(relocations.map("org/other/A")).isEqualTo("far/away/other/A");
        assertThat(relocations.map("java/lang/Object")).isEqualTo("java/lang/Object");
    }

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
