package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of shadow variables, one thread. Each test has an id of its own. */
final class ShadowTest {

    private final String id;
    private final Shadow<String> shadow;
    private final Object parent = new Object();

    ShadowTest(TestInfo test) {
        id = test.getDisplayName();
        shadow = Shadow.id(id);
    }

    @Test
    void nothing_is_found_before_it_is_made() {
        assertThat(shadow.get(parent)).isNull();
    }

    @Test
    void a_value_that_was_made_is_found_by_everybody_who_knows_the_id() {
        assertThat(shadow.alloc(parent, any -> "made")).isEqualTo("made");

        assertThat(Shadow.<String>id(id).get(parent)).isEqualTo("made");
        assertThat(Shadow.<String>id(id + " of another").get(parent)).isNull();
    }

    @Test
    @SuppressWarnings("StringOperationCanBeSimplified") // two equal objects are needed
    void a_parent_is_known_by_its_identity() {
        String one = new String("equal");
        String other = new String("equal");
        shadow.alloc(one, any -> "of one");

        assertThat(shadow.get(one)).isEqualTo("of one");
        assertThat(shadow.get(other)).isNull();
    }

    @Test
    void the_constructor_gets_the_parent() {
        assertThat(shadow.alloc("parent", of -> "of " + of)).isEqualTo("of parent");
    }

    @Test
    void making_what_exists_is_refused_loudly_and_changes_nothing() {
        shadow.alloc(parent, any -> "first");

        assertThatThrownBy(() -> shadow.alloc(parent, any -> "second"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the shadow variable '" + id + "' of this object exists already");
        assertThat(shadow.get(parent)).isEqualTo("first");
    }

    @Test
    void get_or_alloc_does_not_run_the_constructor_of_what_exists() {
        shadow.getOrAlloc(parent, any -> "first");

        assertThat(shadow.getOrAlloc(parent, any -> {
                    throw new AssertionError("ran");
                }))
                .isEqualTo("first");
    }

    @Test
    void what_a_constructor_throws_goes_to_the_caller_and_nothing_is_attached() {
        assertThatThrownBy(() -> shadow.getOrAlloc(parent, any -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");

        assertThat(shadow.get(parent)).isNull();
        assertThat(shadow.getOrAlloc(parent, any -> "yes")).isEqualTo("yes");
    }

    @Test
    @SuppressWarnings("NullAway") // what the compiler of others does not see
    void null_is_no_value_and_no_parent() {
        assertThatThrownBy(() -> shadow.alloc(parent, any -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the constructor of the shadow variable '" + id + "' returned null");
        assertThatThrownBy(() -> shadow.get(null)).isInstanceOf(NullPointerException.class);
        assertThat(shadow.get(parent)).isNull();
    }

    @Test
    void a_constructor_may_make_another_variable() {
        Object other = new Object();
        shadow.alloc(parent, any -> "outer, " + shadow.alloc(other, inner -> "inner"));

        assertThat(shadow.get(parent)).isEqualTo("outer, inner");
        assertThat(shadow.get(other)).isEqualTo("inner");
    }

    @Test
    void a_constructor_that_asks_for_its_own_variable_fails_and_does_not_hang() {
        assertThatThrownBy(() -> shadow.getOrAlloc(
                        parent, any -> shadow.getOrAlloc(parent, again -> "never")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'" + id + "' asks for the variable that it makes");
        assertThat(shadow.get(parent)).isNull();
    }

    @Test
    void a_variable_is_not_there_while_its_constructor_runs() {
        shadow.alloc(parent, any -> {
            shadow.free(parent);
            return String.valueOf(shadow.get(parent));
        });

        assertThat(shadow.get(parent)).isEqualTo("null");
    }

    @Test
    void a_destructor_gets_parent_and_value_after_they_are_parted() {
        shadow.alloc(parent, any -> "value");
        List<Object> seen = new ArrayList<>();

        shadow.free(parent, (of, value) -> {
            seen.add(of);
            seen.add(value);
            seen.add(String.valueOf(shadow.get(parent)));
        });

        assertThat(seen).containsExactly(parent, "value", "null");
        assertThat(shadow.get(parent)).isNull();
    }

    @Test
    void freeing_what_is_not_there_is_silent() {
        shadow.free(parent, (of, value) -> {
            throw new AssertionError("ran");
        });
        shadow.free(parent);
        shadow.freeAll();
    }

    @Test
    void free_all_frees_the_variables_of_this_id_alone() {
        List<Object> parents = parents(100);
        Shadow<String> other = Shadow.id(id + " of another");
        parents.forEach(each -> shadow.alloc(each, any -> "value"));
        parents.forEach(each -> other.alloc(each, any -> "kept"));
        Set<Integer> destroyed = new TreeSet<>();

        shadow.freeAll((of, value) -> destroyed.add(parents.indexOf(of)));

        assertThat(destroyed).hasSize(100);
        assertThat(parents).allMatch(each -> shadow.get(each) == null);
        assertThat(parents).allMatch(each -> other.get(each) != null);
        assertThat(Shadow.counts()).containsEntry(id, 0).containsEntry(id + " of another", 100);
    }

    @Test
    void a_destructor_that_throws_does_not_keep_the_others_from_running() {
        List<Object> parents = parents(3);
        parents.forEach(each -> shadow.alloc(each, any -> "value"));
        List<Object> destroyed = new ArrayList<>();

        assertThatThrownBy(() -> shadow.freeAll((of, value) -> {
                    destroyed.add(of);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(2));
        assertThat(destroyed).containsExactlyInAnyOrderElementsOf(parents);
    }

    @Test
    void many_variables_come_and_go() {
        List<Object> parents = parents(100_000);
        for (int round = 0; round < 2; round++) {
            parents.forEach(each -> shadow.alloc(each, any -> "value"));
            assertThat(Shadow.counts()).containsEntry(id, 100_000);
            assertThat(parents).allMatch(each -> shadow.get(each) != null);

            parents.subList(0, 99_999).forEach(shadow::free);
            assertThat(Shadow.counts()).containsEntry(id, 1);
            assertThat(shadow.get(parents.get(0))).isNull();
            assertThat(shadow.get(parents.get(99_999))).isNotNull();
            shadow.free(parents.get(99_999));
        }
    }

    private static List<Object> parents(int count) {
        List<Object> parents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parents.add(new Object());
        }
        return parents;
    }
}
