package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.util.ArrayList;
import java.util.List;

/** Shadow fields in one thread. Each test has fields of its own. */
final class ShadowFieldTest {

    /** Its objects are all equal, and their own methods are not to be called. */
    private static final class Owner {
        @Override
        public boolean equals(Object other) {
            throw new AssertionError("equals was called");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("hashCode was called");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString was called");
        }
    }

    private final String name;
    private final ShadowField values;
    private final ShadowField bits;
    private final Owner target = new Owner();

    ShadowFieldTest(TestInfo test) {
        name = test.getDisplayName();
        values = ShadowField.of(Owner.class, name, "Ljava/lang/Object;");
        bits = ShadowField.of(Owner.class, name, "J");
    }

    @Test
    void a_field_is_the_same_for_the_same_class_name_and_type() {
        assertThat(ShadowField.of(Owner.class, name, "J")).isSameAs(bits);
        assertThat(ShadowField.of(Owner.class, name, "I")).isNotSameAs(bits);
        assertThat(ShadowField.of(Owner.class, name.concat("2"), "J")).isNotSameAs(bits);
        assertThat(ShadowField.of(Object.class, name, "J")).isNotSameAs(bits);
    }

    @Test
    void what_was_not_set_is_what_the_caller_says() {
        assertThat(values.get(target, "absent")).isEqualTo("absent");
        assertThat(values.getVolatile(target, null)).isNull();
        assertThat(bits.getBits(target, 7)).isEqualTo(7);
        assertThat(bits.getBitsVolatile(target, -7)).isEqualTo(-7);

        values.set(new Owner(), "another's");
        bits.setBits(new Owner(), 1);

        assertThat(values.get(target, "absent")).isEqualTo("absent");
        assertThat(bits.getBits(target, 7)).isEqualTo(7);
    }

    @Test
    void null_and_zero_are_values() {
        values.set(target, null);
        bits.setBits(target, 0);

        assertThat(values.get(target, "absent")).isNull();
        assertThat(values.getVolatile(target, "absent")).isNull();
        assertThat(values.putIfAbsent(target, "late")).isNull();
        assertThat(bits.getBits(target, 7)).isZero();
    }

    @Test
    void a_value_is_the_last_one_that_was_set_in_whatever_way() {
        values.set(target, "one");
        assertThat(values.getVolatile(target, null)).isEqualTo("one");
        values.setVolatile(target, "two");
        assertThat(values.get(target, null)).isEqualTo("two");
        bits.setBitsVolatile(target, Long.MIN_VALUE);
        assertThat(bits.getBits(target, 0)).isEqualTo(Long.MIN_VALUE);
        bits.setBits(target, -1);
        assertThat(bits.getBitsVolatile(target, 0)).isEqualTo(-1);
    }

    @Test
    void what_is_put_if_absent_counts_once() {
        assertThat(values.putIfAbsent(target, "first")).isEqualTo("first");
        assertThat(values.putIfAbsent(target, "second")).isEqualTo("first");
        values.set(target, "third");
        assertThat(values.putIfAbsent(target, "fourth")).isEqualTo("third");
    }

    @Test
    void objects_are_known_by_their_identity_however_many_there_are() {
        List<Owner> targets = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            targets.add(new Owner());
            bits.setBits(targets.get(i), i);
        }
        for (int i = 0; i < targets.size(); i++) {
            assertThat(bits.getBits(targets.get(i), -1)).isEqualTo(i);
        }
        assertThat(bits.getBits(target, -1)).isEqualTo(-1);
    }

    @Test
    void null_has_no_fields() {
        values.set(target, "set");

        assertThatThrownBy(() -> values.get(nobody(), null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> values.set(nobody(), null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> bits.getBits(nobody(), 0))
                .isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings("NullAway") // as generated code may have it
    private static Object nobody() {
        return null;
    }

    @Test
    void the_objects_with_a_value_are_counted_by_class_and_field() {
        values.set(target, "set");
        values.set(target, "again");
        values.set(new Owner(), "another's");
        bits.setBits(target, 1);

        assertThat(ShadowField.counts()).containsEntry(Owner.class.getName() + "." + name, 3);
    }
}
