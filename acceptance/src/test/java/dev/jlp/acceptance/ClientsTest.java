package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;

import dev.jlp.acceptance.ControlClient.Refused;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Those who talk to the agent: many at once, impolite ones, and ones that vanish. */
@OnEveryJdk
final class ClientsTest {

    private final Shop shop;

    ClientsTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_command_that_is_killed_while_it_waits_does_not_change_what_it_started()
            throws Exception {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            Process command = new ProcessBuilder(
                            Jlp.commandLine("load", jvm.pid(), shop.patch().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            control.await("the transition runs", now -> now.getObject("transition") != null);

            command.destroyForcibly().waitFor();
            jvm.ask("open hold");

            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void of_many_loads_at_the_same_time_one_wins_and_the_others_are_refused() throws Exception {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            AtomicInteger won = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();

            atOnce(8, () -> {
                try {
                    control.load(shop.patch());
                    won.incrementAndGet();
                } catch (Refused no) {
                    refused.incrementAndGet();
                }
            });

            assertThat(won).hasValue(1);
            assertThat(refused).hasValue(7);
            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void of_two_operators_one_is_told_that_the_other_is_at_work_and_nothing_is_lost()
            throws Exception {
        Path one = ownSet("one", "lib.Greeter.hold");
        Path two = ownSet("two", "lib.Greeter.holdAgain");
        try (TargetJvm jvm = shop.start()) {
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            jvm.enter("other", "lib.Greeter", "holdAgain", "hold-again");

            List<CompletableFuture<Exec>> loads = Stream.of(one, two)
                    .map(patch -> CompletableFuture.supplyAsync(
                            () -> Jlp.run("load", jvm.pid(), patch.toString())))
                    .toList();

            Exec first = (Exec) CompletableFuture.anyOf(loads.toArray(CompletableFuture[]::new))
                    .get();
            assertThat(first.exit()).as(first.err()).isEqualTo(6);
            jvm.ask("open hold");
            jvm.ask("open hold-again");
            assertThat(loads).extracting(load -> load.get().exit()).containsExactlyInAnyOrder(0, 6);
            boolean oneWon = loads.get(0).get().exit() == 0;
            Path late = oneWon ? two : one;
            Jlp.run("load", jvm.pid(), late.toString()).mustSucceed();
            ControlClient control = new ControlClient(jvm);
            control.awaitState("one", "enabled");
            control.awaitState("two", "enabled");
            assertThat(jvm.ask("call lib.Greeter hold")).isEqualTo("after");
        }
    }

    private Path ownSet(String name, String method) {
        return shop.change()
                .patch(name, "--include", method, "--replace", "none", "--replace-set", name);
    }

    @Test
    void many_readers_are_answered_while_a_transition_runs() throws Exception {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());

            atOnce(12, () -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(control.status().getArray("patches")).hasSize(1);
                    assertThat(control.call("threads").getArray("threads")).isNotEmpty();
                }
            });

            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void broken_frames_do_not_disturb_the_agent() throws IOException {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            for (byte[] bytes : List.of(
                    new byte[] {0, 0},
                    new byte[] {-1, -1, -1, -1},
                    new byte[] {0, 0, 1, 0, '{'},
                    new byte[] {0, 0, 0, 1, 'x', 0, 0, 0, 0})) {
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(control.socket()));
                    channel.write(ByteBuffer.wrap(bytes));
                }
            }

            assertThat(control.call("ping").getLong("pid")).isEqualTo(Long.parseLong(jvm.pid()));
        }
    }

    @Test
    void a_command_of_tomorrow_is_refused_by_name() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);

            assertThatThrownBy(() -> control.call("teleport"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("teleport")
                    .hasMessageContaining("ESRCH");
        }
    }

    @Test
    void another_protocol_number_is_refused() throws IOException {
        try (TargetJvm jvm = shop.start();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(new ControlClient(jvm).socket()));
            String request = "{\"protocol\": 99, \"command\": \"ping\", \"arguments\": {}}";
            ControlClient.send(channel, request.getBytes(StandardCharsets.UTF_8));
            ControlClient.send(channel, new byte[0]);

            JsonObject error = ControlClient.receive(channel).getObject("error");

            assertThat(error.getString("code")).isEqualTo("ESRCH");
        }
    }

    @Test
    void only_the_owner_can_reach_the_socket() throws IOException {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);

            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(control.socket())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(control.socket().getParent())))
                    .isEqualTo("rwx------");
            assertThat(jvm.ask("property jlp.socket"))
                    .isEqualTo(control.socket().toString());
        }
    }

    private static void atOnce(int clients, Runnable body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                calls.add(threads.submit(body));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
