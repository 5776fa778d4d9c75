package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

class JlpTest {

    @Test
    void a_document_is_kept_as_its_state_and_warnings() {
        JsonObject kept = Jlp.answer(new Finished(
                0, "{\"state\": \"enabled\", \"warnings\": [\"one\"]}", "jlp: note", 1.5));

        assertThat(kept.getInt("exit")).isZero();
        assertThat(kept.getString("state")).isEqualTo("enabled");
        assertThat(kept.getString("message")).isEmpty();
        assertThat(kept.getArray("warnings")).containsExactly("one");
    }

    @Test
    void a_refusal_is_kept_as_its_message() {
        JsonObject kept = Jlp.answer(new Finished(
                4,
                "{\"error\": {\"message\": \"busy\", \"details\": {\"state\": \"transition\"}}}",
                "",
                1));

        assertThat(kept.getString("message")).isEqualTo("busy");
        assertThat(kept.getString("state")).isEqualTo("transition");
    }

    @Test
    void a_command_that_breaks_without_a_document_is_kept_as_what_it_complained_of() {
        JsonObject kept = Jlp.answer(new Finished(1, "", "no memory\n", 1));

        assertThat(kept.getString("message")).isEqualTo("no memory");
    }

    @Test
    void a_command_that_was_ended_says_that_its_time_was_up() {
        JsonObject kept = Jlp.answer(new Finished(Finished.KILLED, "", "", 660));

        assertThat(kept.getString("message")).contains("longer than 660 s");
    }
}
