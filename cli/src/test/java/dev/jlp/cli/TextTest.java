package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TextTest {

    @ParameterizedTest
    @CsvSource({"500ms, 500", "60s, 60000", "2m, 120000", "1h, 3600000", "7, 7000", "0s, 0"})
    void times_have_units(String text, long millis) {
        assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1 s", "1d", "99999999999s"})
    void what_is_no_time_is_refused(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new Durations().convert(text))
                .withMessageContaining("is not a time like 500ms, 60s, 2m or 1h");
    }

    @Test
    void a_status_tells_the_transition_its_blockers_and_the_verdicts() throws Exception {
        JsonObject status = parse("""
                {"pid": 4711, "jdk": "17.0.15", "agent": {"version": "0.1", "started": "attach", "warnings": ["late"]},
                 "transition": {"patch": "faster", "version": "1.2", "operation": "load", "goal": "patched",
                   "reversals": 1, "renewals": 2, "seconds": 1.5, "threads": 120, "pending": 3, "phase": "switching"},
                 "patches": [{"name": "faster", "version": "1.2", "state": "enabling", "stack_order": 1, "replace": "set",
                   "replace_set": "default", "force": 0, "loaded": "2026-01-01T00:00:00Z",
                   "targets": [{"name": "shop", "patched": 1, "instances": [{"loader": "app", "verdict": "patchable",
                     "classes": [{"name": "shop.Cart", "verdict": "patchable", "methods": [
                       {"name": "price", "descriptor": "()I", "verdict": "patchable", "detail": "inlined"}]}]}]}]}],
                 "blockers": [{"thread": "worker", "id": 31, "virtual": false, "state": "WAITING", "since": 4,
                   "method": "shop.Cart.price", "frames": ["shop.Cart.price(Cart.java:7)"], "line_known": false,
                   "why": "old body"}]}
                """);

        assertThat(StatusText.status(status, true)).isEqualTo("""
                JVM 4711, JDK 17.0.15, agent 0.1 since attach
                  warning: late
                transition: load of 'faster' 1.2, switching towards patched, 117 of 120 threads after 1.5 s, reversed 1 time, begun anew for late classes 2 times
                  held by thread 'worker' #31 (WAITING) in shop.Cart.price for 4.0 s: old body
                      at shop.Cart.price(Cart.java:7)
                      (its line in the old body is not known)
                PATCH   VERSION  STATE     ORDER  REPLACE  SET      FORCED  LOADED
                faster  1.2      enabling  1      set      default  no      2026-01-01T00:00:00Z
                faster: target shop, patched
                  loader app: 1 class patchable
                    shop.Cart: patchable
                      price()I: patchable (inlined)
                """);
        assertThat(StatusText.status(status, false)).doesNotContain("price()I");
    }

    @Test
    void an_abandoned_callback_is_a_line_of_the_status() throws Exception {
        JsonObject status = parse("""
                {"pid": 4711, "jdk": "25", "agent": {"version": "0.1", "started": "premain", "warnings": []},
                 "callbacks": [{"patch": "faster", "target": "shop", "loader": "app", "callback": "fix.Raise.pre-patch",
                   "thread": "jlp-callback-faster", "id": 41, "seconds": 12.25}]}
                """);

        assertThat(StatusText.status(status, false)).endsWith("""
                callback 'fix.Raise.pre-patch' of 'faster' for target shop in loader app: abandoned, its thread \
                'jlp-callback-faster' #41 lives on after 12.3 s
                """);
    }

    @Test
    void a_wait_that_nobody_visible_holds_up_says_what_can_not_be_seen() throws Exception {
        JsonObject status = parse("""
                {"patches": [], "blockers": [], "transition": {"patch": "faster", "threads": 9, "pending": 0,
                  "goal": "patched", "unlisted": "virtual threads that can't be listed"}}
                """);

        assertThat(Snapshot.of(status, "faster").progress())
                .isEqualTo(
                        "9 of 9 threads are patched; waiting for virtual threads that can't be listed");
    }

    @Test
    void threads_at_the_same_place_are_told_once_with_what_they_wait_for() throws Exception {
        String worker = """
                {"thread": "worker-%1$d", "id": %1$d, "state": "BLOCKED", "since": %1$d.25, "method": "shop.Cart.price",
                 "frames": ["a", "b", "c", "d", "e", "f", "g", "h", "i"], "why": "'shop.Cart.price' is on its stack",
                 "lock": "java.lang.Object@1f", "lock_owner": "main", "lock_owner_id": 1}""";
        List<JsonObject> blockers = new ArrayList<>();
        for (int id = 11; id < 16; id++) {
            blockers.add(parse(worker.formatted(id)));
        }

        assertThat(BlockerText.of(blockers, "held by ")).isEqualTo("""
                  held by 5 threads at the same place, 'worker-11' #11, 'worker-12' #12, 'worker-13' #13 and 2 more \
                (BLOCKED) in shop.Cart.price for 15.3 s
                      waits for java.lang.Object@1f, which thread 'main' #1 holds
                      at a
                      at b
                      at c
                      at d
                      at e
                      at f
                      at g
                      at h
                      and below
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0004, 0 ms",
        "0.4781, 478 ms",
        "0.9996, 1.0 s",
        "2.766945798, 2.8 s",
        "99.4, 99.4 s",
        "99.7, 1 min 40 s",
        "150, 2 min 30 s",
        "5999, 99 min 59 s",
        "7260, 2 h 1 min"
    })
    void times_have_the_unit_that_people_would_take(double seconds, String text) {
        assertThat(Durations.text(seconds)).isEqualTo(text);
    }

    @Test
    void threads_are_a_table() throws Exception {
        JsonObject threads = parse("""
                {"transition": null, "threads": [{"id": 1, "name": "main", "virtual": false, "state": "WAITING",
                  "patch_state": -1, "cleared": true, "holds": "", "why": ""}]}
                """);

        assertThat(ThreadsCommand.text(threads)).isEqualTo("""
                no transition
                ID  THREAD  STATE    PATCH_STATE  CLEARED  HELD BY
                1   main    WAITING  -1           yes
                """);
    }

    @Test
    void an_event_is_a_line() throws Exception {
        JsonObject event = parse("""
                {"seq": 7, "time": "2026-01-01T00:00:00Z", "event": "patched", "patch": "faster", "version": "1.2",
                 "uid": 0, "reason": "incident 7"}
                """);

        assertThat(EventsCommand.line(event))
                .isEqualTo(
                        "2026-01-01T00:00:00.000Z patched            'faster' 1.2 uid=0 reason='incident 7'");
    }

    @Test
    void doctor_says_every_refusal_and_exits_with_the_first() throws Exception {
        JsonObject answer = parse("""
                {"jvm": {"pid": 4711, "jdk": "17", "agent": {"version": "0.1", "started": "attach"}, "transition": null},
                 "targets": [{"name": "shop.Cart", "target": "shop", "loader": "app", "on_disk": "differs",
                   "verdict": "mismatch", "methods": [
                     {"name": "price", "descriptor": "()I", "verdict": "mismatch", "detail": "another body"}]}],
                 "pause_ms": {"arm": 0.41234, "finalise": 12},
                 "blockers": [{"thread": "worker", "method": "shop.Cart.price", "state": "RUNNABLE",
                   "frames": ["shop.Cart.price(Cart.java:7)"]}],
                 "refusals": [
                  {"code": "EBUSY", "message": "another transition runs", "details": {}},
                  {"code": "ENOENT", "message": "a class is not what it was", "details": {"classes": ["a.B"]}}],
                 "warnings": ["late"]}
                """);

        Outcome outcome = DoctorCommand.outcome(answer, true);

        assertThat(outcome.exit()).isEqualTo(6);
        assertThat(outcome.text()).isEqualTo("""
                JVM 4711, JDK 17, agent 0.1 since attach
                active patches: none
                no transition
                agents on its command line: none
                shop.Cart (target shop, loader app, another one is on disk): mismatch
                  price()I: mismatch (another body)
                expected pauses: 0.4 ms to arm, 12.0 ms to finalise
                  may be held by thread 'worker' (RUNNABLE) in shop.Cart.price
                      at shop.Cart.price(Cart.java:7)
                warning: late
                refused: EBUSY: another transition runs
                refused: ENOENT: a class is not what it was
                  classes:
                    a.B
                the patch would be refused
                """);
    }

    @Test
    void a_patch_that_waits_is_said_to_change_nothing() throws Exception {
        JsonObject answer =
                parse("{\"patch\": \"faster\", \"version\": \"1.2\", \"state\": \"waiting\"}");

        assertThat(new LoadCommand().text(answer, 1))
                .isEqualTo(
                        "'faster' 1.2 is loaded and waiting: no class of its targets is there, so it changes"
                                + " nothing yet\n");
    }

    private static JsonObject parse(String text) throws JsonParserException {
        return JsonParser.object().from(text);
    }
}
