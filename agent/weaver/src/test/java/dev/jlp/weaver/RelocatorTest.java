package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Names and texts are renamed as the plugin does that shades jars. */
class RelocatorTest {

    private final Relocator relocator = new Relocator(
            List.of(new Relocator.Rule("org.lib", "x.lib"), new Relocator.Rule("org", "far.away")));

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
        assertThat(relocator.mapValue(text)).isEqualTo(renamed);
    }

    @Test
    void the_first_rule_that_fits_a_name_counts() {
        assertThat(relocator.map("org/lib/A")).isEqualTo("x/lib/A");
        assertThat(relocator.map("org/other/A")).isEqualTo("far/away/other/A");
        assertThat(relocator.map("java/lang/Object")).isEqualTo("java/lang/Object");
    }
}
