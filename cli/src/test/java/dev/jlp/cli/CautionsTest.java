package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.patch.Difference;
import dev.jlp.patch.Difference.Verdict;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Replace;
import dev.jlp.patch.Version;

import org.junit.jupiter.api.Test;

import java.util.List;

class CautionsTest {

    private static Patch patch(List<String> notes, Difference... changes) {
        return new Patch(
                "fix",
                new Version("1"),
                Replace.SET,
                "set",
                List.of(),
                List.of(),
                List.of(),
                notes,
                "tool",
                List.of(changes));
    }

    private static Difference change(Verdict verdict, boolean taken) {
        return new Difference("t", "p/A", "f()V", "body", verdict, taken, "reason");
    }

    @Test
    void a_patch_that_does_everything_has_none() {
        assertThat(Cautions.of(patch(List.of("a note"), change(Verdict.DONE, true))))
                .isEmpty();
    }

    @Test
    void what_old_bodies_filled_and_what_is_done_with_care_or_left_out_is_said() {
        String held =
                "the static field 'p.A.CACHE' may hold what old bodies put there before the patch";
        assertThat(Cautions.of(patch(
                        List.of(held),
                        change(Verdict.DONE_WITH_CARE, true),
                        change(Verdict.REFUSED, false))))
                .containsExactly(
                        held,
                        "1 change is done with care: 'jlp inspect' says what stays as it was",
                        "1 change of the fixed release is not in the patch: 'jlp inspect' names them");
    }

    @Test
    void a_static_field_that_is_not_chosen_is_said() {
        assertThat(Cautions.of(patch(
                        List.of(),
                        new Difference(
                                "t",
                                "p/A",
                                "INSTANCE",
                                "static-initialiser",
                                Verdict.DONE_WITH_CARE,
                                false,
                                "reason"))))
                .containsExactly(
                        "1 static field or initialiser stays as the original's code made it:"
                                + " 'jlp inspect' says which");
    }

    @Test
    void they_stand_behind_the_agents_own_warnings() {
        JsonObject answer = new JsonObject();
        answer.put("warnings", new JsonArray(List.of("first")));
        Cautions.add(List.of("second"), answer);
        assertThat(answer.getArray("warnings")).containsExactly("first", "second");
    }
}
