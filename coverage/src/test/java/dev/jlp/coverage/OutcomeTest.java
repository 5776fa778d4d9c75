package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final String OPEN = "VULN it ran";
    private static final String CLOSED = "FIXED it did not";

    @Test
    void closed_by_the_patch_and_open_again_without_it_is_effective() {
        assertThat(Outcome.of(trial(OPEN, loaded(), CLOSED, OPEN))).isEqualTo(Outcome.EFFECTIVE);
    }

    @Test
    void still_closed_after_the_disable_is_not_taken_back() {
        assertThat(Outcome.of(trial(OPEN, loaded(), CLOSED, CLOSED)))
                .isEqualTo(Outcome.NOT_TAKEN_BACK);
    }

    @Test
    void open_after_a_load_that_warned_of_nothing_is_the_worst() {
        assertThat(Outcome.of(trial(OPEN, loaded(), OPEN, OPEN))).isEqualTo(Outcome.SILENT);
    }

    @Test
    void open_after_a_load_that_warned_is_told_apart() {
        assertThat(Outcome.of(trial(OPEN, loaded("static state"), OPEN, OPEN)))
                .isEqualTo(Outcome.WARNED);
    }

    @Test
    void a_load_that_was_refused_is_refused_whatever_the_demonstration_says() {
        JsonObject load = loaded();
        load.put("exit", 3);

        assertThat(Outcome.of(trial(OPEN, load, CLOSED, ""))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_load_in_transition_is_held_if_new_threads_are_fixed() {
        JsonObject load = loaded();
        load.put("exit", 6);
        load.put("state", "transition");

        assertThat(Outcome.of(trial(OPEN, load, CLOSED, OPEN))).isEqualTo(Outcome.HELD);
    }

    @Test
    void a_demonstration_that_breaks_after_the_load_is_broken() {
        assertThat(Outcome.of(trial(OPEN, loaded(), "ERROR no such method", "")))
                .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void without_a_hole_before_the_patch_nothing_is_shown() {
        assertThat(Outcome.of(trial(CLOSED, loaded(), CLOSED, CLOSED))).isEqualTo(Outcome.UNSHOWN);
    }

    @Test
    void without_a_patch_nothing_was_built() {
        assertThat(Outcome.of(new JsonObject())).isEqualTo(Outcome.NOT_BUILT);
    }

    @Test
    void a_plain_redefinition_is_judged_by_what_the_demonstration_says() {
        assertThat(stock("1 class redefined", CLOSED)).isEqualTo(StockOutcome.EFFECTIVE);
        assertThat(stock("1 class redefined", OPEN)).isEqualTo(StockOutcome.NO_EFFECT);
        assertThat(stock("1 class redefined", "ERROR x")).isEqualTo(StockOutcome.BROKEN);
        assertThat(stock("ERROR schema change", OPEN)).isEqualTo(StockOutcome.REJECTED);
    }

    private static StockOutcome stock(String redefine, String after) {
        JsonObject trial = new JsonObject();
        trial.put("before", OPEN);
        trial.put("redefine", redefine);
        trial.put("after", after);
        return StockOutcome.of(trial);
    }

    private static JsonObject loaded(String... warnings) {
        JsonObject load = new JsonObject();
        load.put("exit", 0);
        load.put("state", "enabled");
        load.put("warnings", JsonArray.from((Object[]) warnings));
        return load;
    }

    private static JsonObject trial(String before, JsonObject load, String after, String again) {
        JsonObject trial = new JsonObject();
        trial.put("before", before);
        trial.put("load", load);
        trial.put("after", after);
        trial.put("again", again);
        return trial;
    }
}
