package dev.jlp.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import org.junit.jupiter.api.Test;

class BuildReportTest {

    private static final String BUILT = """
            {"changes": [
              {"class": "a/B", "member": "run()V", "verdict": "done", "taken": true, "reason": "the body changes"},
              {"class": "a/C", "member": "", "verdict": "refused", "taken": false, "reason": "would not link: no 'x'"},
              {"class": "a/C", "member": "x()V", "verdict": "done", "taken": false, "reason": "it is not taken"}]}""";

    @Test
    void a_class_is_left_out_for_the_reason_of_its_first_refusal() throws JsonParserException {
        BuildReport report = BuildReport.of(JsonParser.object().from(BUILT));

        assertThat(report.leftOut()).containsExactly(entry("C", "would not link"));
    }

    @Test
    void what_is_taken_is_counted_and_named_by_class() throws JsonParserException {
        BuildReport report = BuildReport.of(JsonParser.object().from(BUILT));

        assertThat(report.taken()).isEqualTo(1);
        assertThat(report.takenClasses()).containsExactly("B");
    }
}
