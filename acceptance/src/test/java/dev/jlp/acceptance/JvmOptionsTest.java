package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that JVMs in production are started with: threads of the JVM's own, other layouts, other archives. */
@OnEveryJdk
final class JvmOptionsTest {

    private final Shop shop;

    JvmOptionsTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                "-Dcom.sun.management.jmxremote.port=0 -Dcom.sun.management.jmxremote.host=127.0.0.1"
                        + " -Dcom.sun.management.jmxremote.authenticate=false"
                        + " -Dcom.sun.management.jmxremote.ssl=false",
                "-XX:NativeMemoryTracking=summary -XX:+UseLargePages",
                "-XX:+UnlockExperimentalVMOptions -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders",
                "-Xshare:off -XX:-UseCompressedClassPointers",
                "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints -XX:+PreserveFramePointer",
                "-XX:-StackTraceInThrowable -XX:-OmitStackTraceInFastThrow",
                "-Xcomp"
            })
    void a_patch_comes_and_goes(String options) {
        try (TargetJvm jvm =
                shop.startable().option(options.split(" ", -1)).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");

            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }
}
