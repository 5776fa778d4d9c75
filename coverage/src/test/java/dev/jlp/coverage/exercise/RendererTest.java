package dev.jlp.coverage.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RendererTest {

    private final Renderer renderer = new Renderer(
            new Views(Map.of(Shop.class.getName(), List.of("getName", "getOwner", "isOpen"))));

    @Test
    void what_has_no_order_is_sorted() {
        assertThat(renderer.text(Set.of("b", "a", "c"))).isEqualTo("[\"a\", \"b\", \"c\"]");
        assertThat(renderer.text(Map.of(2, "x", 1, "y"))).isEqualTo("[1=\"y\", 2=\"x\"]");
    }

    @Test
    void an_order_that_counts_is_kept() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", 2);

        assertThat(renderer.text(List.of("b", "a"))).isEqualTo("[\"b\", \"a\"]");
        assertThat(renderer.text(map)).isEqualTo("[\"b\"=1, \"a\"=2]");
    }

    @Test
    void addresses_are_not_shown() {
        assertThat(renderer.text("java.lang.Object@1b2c3d4e")).isEqualTo("\"java.lang.Object@…\"");
        assertThat(renderer.text(new Object())).isEqualTo("Object");
    }

    @Test
    void an_object_is_what_its_views_show_also_if_one_throws() {
        assertThat(renderer.text(new Shop()))
                .isEqualTo("RendererTest.Shop[getName=\"tea\","
                        + " getOwner=java.lang.IllegalStateException: nobody, isOpen=true]");
    }

    @Test
    void what_contains_itself_comes_to_an_end() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThat(renderer.text(list)).isEqualTo("[ArrayList]");
    }

    @Test
    void streams_and_arrays_are_their_content() {
        assertThat(renderer.text(new ByteArrayInputStream(new byte[] {65, 10})))
                .isEqualTo("stream of \"A\\n\"");
        assertThat(renderer.text(new int[] {1, 2})).isEqualTo("{1, 2}");
    }

    @Test
    void a_long_text_is_cut_and_still_told_from_others() {
        assertThat(renderer.text("a".repeat(500)))
                .hasSizeLessThan(500)
                .contains("500 characters")
                .isNotEqualTo(renderer.text("a".repeat(499) + "b"));
    }

    /** Shows this and that. */
    public static final class Shop {
        public String getName() {
            return "tea";
        }

        public String getOwner() {
            if (isOpen()) {
                throw new IllegalStateException("nobody");
            }
            return "somebody";
        }

        public boolean isOpen() {
            return true;
        }
    }
}
