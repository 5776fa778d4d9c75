package dev.jlp.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What shadow fields keep alive, asked of the collector. Each test has a field of its own. */
@Timeout(120)
final class ShadowFieldMemoryTest {

    /** Its class file is defined in loaders that are to be collected. */
    public static final class Owner {
        public Owner() {}
    }

    private final String name;
    private final ShadowField field;
    /** Lives as long as its test runs. */
    private final Owner target = new Owner();

    ShadowFieldMemoryTest(TestInfo test) {
        name = test.getDisplayName();
        field = ShadowField.of(Owner.class, name, "Ljava/lang/Object;");
    }

    @Test
    void an_object_is_not_kept_by_its_value() {
        List<Object> targets = new ArrayList<>(List.of(new Owner()));
        WeakReference<Object> collected = new WeakReference<>(targets.get(0));
        field.set(targets.get(0), "value");
        targets.clear();

        awaitGone(collected, () -> {});
    }

    @Test
    void a_value_goes_after_its_object_when_a_value_is_set_in_another() {
        WeakReference<Object> value = setInPassingObject();

        awaitGone(value, () -> field.set(new Owner(), "another's"));
    }

    @Test
    void a_value_goes_after_its_object_when_the_agent_clears() {
        WeakReference<Object> value = setInPassingObject();

        awaitGone(value, ShadowField::clear);

        assertThat(ShadowField.counts()).containsEntry(Owner.class.getName() + "." + name, 0);
    }

    @Test
    void a_value_stays_as_long_as_its_object() {
        field.set(target, new byte[1_000]);
        WeakReference<Object> unattached = new WeakReference<>(new Object());

        awaitGone(unattached, ShadowField::clear);

        assertThat(field.get(target, null)).isInstanceOf(byte[].class);
    }

    @Test
    void a_value_that_was_replaced_is_not_kept() {
        WeakReference<Object> value = set(target);
        field.set(target, "next");

        awaitGone(value, () -> {});
    }

    /** Without the weak keys, or without the clearing, it would take ten times the memory there is. */
    @Test
    void memory_is_bounded_by_the_objects_that_live() throws Exception {
        Process filling = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filling.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(filling.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(filling.waitFor()).as(said).isZero();
    }

    static final class Filling {
        public static void main(String[] arguments) {
            ShadowField field = ShadowField.of(Owner.class, "filled", "[B");
            for (int i = 0; i < 640_000; i++) {
                field.set(new Owner(), new byte[2_000]);
            }
        }
    }

    @Test
    void a_class_goes_with_its_fields_and_their_values() throws Exception {
        String label = Owner.class.getName() + "." + name + "-copy";
        WeakReference<Class<?>> collected = setInCopy(new Copies().copy());

        awaitGone(collected, () -> {});

        ShadowField.clear();
        assertThat(ShadowField.counts()).doesNotContainKey(label);
    }

    private WeakReference<Class<?>> setInCopy(Class<?> owner) throws Exception {
        ShadowField copied = ShadowField.of(owner, name + "-copy", "Ljava/lang/Object;");
        Object object = owner.getDeclaredConstructor().newInstance();
        copied.set(object, owner.getDeclaredConstructor().newInstance());
        assertThat(ShadowField.counts()).containsKey(copied.label());
        return new WeakReference<>(owner);
    }

    private static final class Copies extends ClassLoader {
        Class<?> copy() throws IOException {
            String file = Owner.class.getName().replace('.', '/') + ".class";
            try (InputStream in = Owner.class.getClassLoader().getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(Owner.class.getName(), bytes, 0, bytes.length);
            }
        }
    }

    private WeakReference<Object> setInPassingObject() {
        List<Object> targets = new ArrayList<>(List.of(new Owner()));
        WeakReference<Object> value = set(targets.get(0));
        targets.clear();
        return value;
    }

    private WeakReference<Object> set(Object target) {
        Object value = new byte[1_000];
        field.set(target, value);
        return new WeakReference<>(value);
    }

    /** Collects garbage until nothing holds it any more. */
    private static void awaitGone(WeakReference<?> reference, Runnable inBetween) {
        while (!reference.refersTo(null)) {
            System.gc();
            inBetween.run();
        }
    }
}
