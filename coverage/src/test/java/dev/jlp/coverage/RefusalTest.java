package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void a_pattern_has_no_names() {
        assertThat(patterns("the class gets the interface 'java/io/Closeable'"))
                .isEqualTo("the class gets the interface …");
    }

    @Test
    void the_values_of_a_constant_are_left_out_whatever_is_quoted_in_them() {
        assertThat(patterns("the constant changes from 'it's' to 'its (own)': it has run"))
                .isEqualTo("the constant changes from … to …: it has run");
    }

    @Test
    void an_apostrophe_is_no_quote() {
        assertThat(patterns("what initialises 'a.B.f' can't be moved: it names 'a.C'"))
                .isEqualTo("what initialises … can't be moved: it names …");
    }

    @Test
    void a_statement_is_named_without_its_line() {
        assertThat(patterns("the statement at line 35 asks"))
                .isEqualTo("the statement at line … asks");
    }

    @Test
    void a_list_of_missing_members_is_a_pattern_each_and_tells_fields_methods_and_constructors() {
        Refusal refusal = new Refusal(
                "LINK",
                "a.B",
                "the new bodies would not link: 'a.B.f' does not exist there,"
                        + " 'a.B.m(IJ)V' does not exist there,"
                        + " 'a.B.<init>()V' does not exist there");

        assertThat(refusal.patterns())
                .containsExactly(
                        "would not link: … does not exist there",
                        "would not link: …(…) does not exist there",
                        "would not link: …<init>(…) does not exist there");
    }

    private static String patterns(String reason) {
        return String.join("|", new Refusal("KIND", "a.B", reason).patterns());
    }
}
