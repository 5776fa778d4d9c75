package dev.jlp.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import org.junit.jupiter.api.Test;

class PatchReportTest {

    private static final String STATUS = """
            {"patches": [
              {"name": "other", "state": "enabled", "targets": []},
              {"name": "p", "state": "enabled", "targets": [{"instances": [{"classes": [
                {"name": "a/B", "methods": [{"name": "run"}, {"name": "run"}, {"name": "<init>"}]}]}]}]}],
             "totals": {"last_load_seconds": 0.5, "arm_ms": 12.5, "finalise_ms": 9.0, "stack_batch_ms_max": 0.25}}""";

    @Test
    void patched_methods_are_those_of_the_patch_in_the_status() throws JsonParserException {
        PatchReport report = PatchReport.of("p", json(STATUS), 0.7);

        assertThat(report.methodCount()).isEqualTo(3);
        assertThat(report.classCount()).isEqualTo(1);
        assertThat(report.armMillis()).isEqualTo(12.5);
        assertThat(report.transitionSeconds()).isEqualTo(0.5);
    }

    @Test
    void a_patch_that_is_not_there_is_empty() throws JsonParserException {
        assertThat(PatchReport.patch("gone", json(STATUS))).isEmpty();
    }

    private static JsonObject json(String text) throws JsonParserException {
        return JsonParser.object().from(text);
    }
}
