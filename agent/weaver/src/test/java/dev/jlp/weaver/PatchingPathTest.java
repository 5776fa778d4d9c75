package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.MethodId;

import org.junit.jupiter.api.Test;

/** What an entry runs through, by calls that class files name and by those that they don't. */
final class PatchingPathTest {

    @Test
    void what_the_bridge_calls_is_on_the_path() {
        assertThat(contains("java/lang/ThreadLocal", "get", "()Ljava/lang/Object;"))
                .isTrue();
        assertThat(contains("java/lang/Thread", "currentThread", "()Ljava/lang/Thread;"))
                .isTrue();
    }

    @Test
    void what_the_jvm_puts_behind_a_var_handle_is_on_the_path() {
        assertThat(contains(
                        "java/lang/invoke/VarHandleLongs$FieldInstanceReadOnly",
                        "get",
                        "(Ljava/lang/invoke/VarHandle;Ljava/lang/Object;)J"))
                .isTrue();
    }

    @Test
    void what_an_access_runs_through_in_other_packages_is_on_the_path() {
        assertThat(contains(
                        "java/util/Objects",
                        "requireNonNull",
                        "(Ljava/lang/Object;)Ljava/lang/Object;"))
                .isTrue();
    }

    @Test
    void other_methods_are_not() {
        assertThat(contains("java/util/StringTokenizer", "countTokens", "()I")).isFalse();
        assertThat(contains("java/util/Objects", "hash", "([Ljava/lang/Object;)I"))
                .isFalse();
        assertThat(contains("lib/Price", "total", "(II)I")).isFalse();
    }

    private static boolean contains(String className, String name, String descriptor) {
        return PatchingPath.contains(className, new MethodId(name, descriptor));
    }
}
