package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A JVM that has nothing left, and clients that end anywhere. Whatever becomes of the operation, behind it the
 * bodies are those that the status names, and the operator can go on.
 */
@OnEveryJdk
final class HardTimesTest {

    private static final String PATCH = Shop.PATCH;
    private static final String[] SCARCE = {
        "-Xmx64m", "-XX:MaxMetaspaceSize=64m", "-XX:CompressedClassSpaceSize=16m"
    };

    private final Shop shop;

    HardTimesTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "metaspace"})
    void a_load_where_nothing_is_left_can_be_gone_on_from(String what) {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            control.status();
            jvm.ask("exhaust " + what);

            attempt(() -> control.load(shop.patch()));

            jvm.ask("relieve");
            verifyGoesOn(jvm, control);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "metaspace"})
    void a_transition_in_the_middle_of_which_nothing_is_left_ends_when_there_is_some_again(
            String what) {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.ask("exhaust " + what);

            jvm.ask("open hold");
            attempt(control::status);

            jvm.ask("relieve");
            control.awaitState(PATCH, "enabled");
            verifyGoesOn(jvm, control);
        }
    }

    @Test
    void a_client_that_ends_anywhere_leaves_a_state_that_can_be_gone_on_from() throws Exception {
        byte[] load = loadRequest();
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            for (int cut : new int[] {0, 2, 4, 20, load.length / 2, load.length - 1, load.length}) {
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(control.socket()));
                    ByteBuffer part = ByteBuffer.wrap(load, 0, cut);
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
                if (cut == load.length) {
                    control.awaitState(PATCH, "enabled");
                }
                verifyGoesOn(jvm, control);
            }
        }
    }

    private TargetJvm start() {
        TargetJvm jvm = shop.startable().option(SCARCE).agent().run();
        jvm.ask("call lib.Greeter greet");
        return jvm;
    }

    /** It may be refused, or get no answer. */
    private static void attempt(Runnable operation) {
        try {
            operation.run();
        } catch (ControlClient.Refused | AssertionError failed) {
            assertThat(failed.getMessage()).isNotBlank();
        }
    }

    private void verifyGoesOn(TargetJvm jvm, ControlClient control) {
        JsonObject rest = control.await("at rest", now -> now.getObject("transition") == null);
        boolean enabled = ControlClient.stateOf(rest, PATCH).equals("enabled");
        assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo(enabled ? "after" : "before");
        if (!enabled) {
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
        control.disable(PATCH);
        control.awaitState(PATCH, "disabled");
        assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        control.unload(PATCH);
    }

    private byte[] loadRequest() throws IOException {
        byte[] request = JsonWriter.string(JsonObject.builder()
                        .value("protocol", 1)
                        .value("command", "load")
                        .value("arguments", new JsonObject())
                        .done())
                .getBytes(StandardCharsets.UTF_8);
        byte[] patch = Files.readAllBytes(shop.patch());
        return ByteBuffer.allocate(8 + request.length + patch.length)
                .putInt(request.length)
                .put(request)
                .putInt(patch.length)
                .put(patch)
                .array();
    }
}
