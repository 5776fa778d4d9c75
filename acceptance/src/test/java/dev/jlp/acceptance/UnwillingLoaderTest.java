package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaders of the program that break when they are asked for what a new body needs. */
@OnEveryJdk
final class UnwillingLoaderTest {

    private final Jdk jdk;

    UnwillingLoaderTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest(name = "a loader that is {0}")
    @ValueSource(strings = {"unwilling", "unreadable"})
    void a_loader_that_throws_refuses_the_patch_and_nothing_else(String loader) {
        Parts parts = Parts.on(jdk);
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            jvm.ask(loader + " other " + parts.loaderPath());
            jvm.ask("call other:user.User name");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), parts.patch().toString())
                    .contains("user.User.name", "unlinkable");

            assertThat(jvm.ask("call other:user.User name")).isEqualTo("VERSION");
        }
    }
}
