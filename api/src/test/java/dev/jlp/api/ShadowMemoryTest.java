package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** What shadow variables keep alive, asked of the collector. Each test has an id of its own. */
@Timeout(60)
final class ShadowMemoryTest {

    private final String id;
    private final Shadow<Object> shadow;
    /** Lives as long as its test runs. */
    private final Object parent = new Object();

    ShadowMemoryTest(TestInfo test) {
        id = test.getDisplayName();
        shadow = Shadow.id(id);
    }

    @Test
    void a_value_goes_after_its_parent_when_the_agent_clears() {
        List<Object> parents = new ArrayList<>(List.of(new Object()));
        WeakReference<Object> value = attach(parents.get(0));
        parents.clear();

        awaitGone(value, Shadow::clear);

        assertThat(Shadow.counts()).containsEntry(id, 0);
    }

    @Test
    void a_value_goes_after_its_parent_when_somebody_writes() {
        List<Object> parents = new ArrayList<>(List.of(new Object()));
        WeakReference<Object> value = attach(parents.get(0));
        parents.clear();
        Object other = new Object();

        awaitGone(value, () -> shadow.free(other));
    }

    @Test
    void a_value_stays_as_long_as_its_parent() {
        WeakReference<Object> value = attach(parent);
        WeakReference<Object> unattached = new WeakReference<>(new Object());

        awaitGone(unattached, Shadow::clear);

        assertThat(value.refersTo(null)).isFalse();
        assertThat(shadow.get(parent)).isNotNull();
    }

    @Test
    void a_freed_value_is_not_kept_though_its_parent_lives() {
        WeakReference<Object> value = attach(parent);
        shadow.free(parent);

        awaitGone(value, () -> {});
    }

    @Test
    void what_free_all_took_out_is_not_kept() {
        WeakReference<Object> value = attach(parent);
        shadow.freeAll();

        awaitGone(value, () -> {});
    }

    @Test
    void a_parent_is_not_kept_by_its_variable() {
        List<Object> parents = new ArrayList<>(List.of(new Object()));
        WeakReference<Object> collected = new WeakReference<>(parents.get(0));
        attach(parents.get(0));
        parents.clear();

        awaitGone(collected, () -> {});
    }

    private WeakReference<Object> attach(Object parent) {
        return new WeakReference<>(shadow.alloc(parent, any -> new byte[1_000]));
    }

    /** Collects garbage until nothing holds it any more. */
    private static void awaitGone(WeakReference<Object> reference, Runnable inBetween) {
        while (!reference.refersTo(null)) {
            System.gc();
            inBetween.run();
        }
    }
}
