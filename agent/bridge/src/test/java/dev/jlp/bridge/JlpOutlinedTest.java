package dev.jlp.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The table of outlined bodies. */
final class JlpOutlinedTest {

    private final MethodHandle first = MethodHandles.constant(String.class, "first");
    private final MethodHandle second = MethodHandles.constant(String.class, "second");

    private static final class Patched {}

    private static final class Other {}

    @Test
    void a_body_is_found_by_class_and_key_for_ever() {
        JlpOutlined.put(Patched.class, 1, first);
        JlpOutlined.put(Patched.class, 2, second);

        assertThat(JlpOutlined.of(Patched.class, 1)).isSameAs(first);
        assertThat(JlpOutlined.of(Patched.class, 2)).isSameAs(second);
        assertThat(JlpOutlined.of(Patched.class, 3)).isNull();
        assertThat(JlpOutlined.of(Other.class, 1)).isNull();
    }

    @Test
    void a_body_may_use_what_its_class_inherits() throws Throwable {
        MethodHandles.Lookup body = MethodHandles.lookup();
        MethodHandle called = JlpOutlined.member(
                        body,
                        "toString",
                        MethodType.methodType(String.class, JlpOutlinedTest.class),
                        MethodHandleInfo.REF_invokeSpecial,
                        Object.class,
                        JlpOutlinedTest.class)
                .dynamicInvoker();

        assertThat((String) called.invokeExact(this)).startsWith("dev.jlp.bridge.JlpOutlinedTest@");
    }

    @Override
    public String toString() {
        return "overridden";
    }
}
