package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonParser;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class PairsTest {

    @Test
    void every_pair_of_the_list_names_a_hole_and_two_releases() throws Exception {
        assertThat(Pairs.read().all()).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.cves()).isNotEmpty();
            assertThat(pair.vulnerable()).isNotEmpty().isNotEqualTo(pair.fixed());
            assertThat(pair.coordinates()).allMatch(each -> each.split(":", -1).length == 3);
        });
    }

    @Test
    void every_demonstration_that_the_list_names_is_there() throws Exception {
        assertThat(Pairs.read().all().stream().filter(Pair::hasDemo))
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(Path.of("src/main/demos", pair.demo() + ".java"))
                        .exists());
    }

    @Test
    void pairs_are_chosen_by_their_names() throws Exception {
        Pairs pairs = Pairs.read();
        String id = pairs.all().get(1).id();

        assertThat(pairs.only(List.of(id))).extracting(Pair::id).containsExactly(id);
        assertThat(pairs.only(List.of())).isEqualTo(pairs.all());
    }

    @Test
    void a_name_that_is_not_in_the_list_is_refused() throws Exception {
        Pairs pairs = Pairs.read();

        assertThatThrownBy(() -> pairs.only(List.of("nothing")))
                .hasMessage("the list has no pair 'nothing'");
    }

    @Test
    void a_pair_is_in_the_list_once() throws Exception {
        String one = "{\"id\": \"a\"}";

        assertThatThrownBy(() -> Pairs.of(JsonParser.object()
                        .from("{\"jvmFlags\": [], \"pairs\": [" + one + "," + one + "]}")))
                .hasMessage("the list has the pair 'a' twice");
    }
}
