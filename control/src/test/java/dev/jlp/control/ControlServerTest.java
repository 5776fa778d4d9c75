package dev.jlp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

@Timeout(60)
class ControlServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(ControlServer.CONNECTIONS_MAX);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        server = ControlServer.start(folder.resolve("c"), this::answer);
    }

    @AfterEach
    void close() {
        release.countDown();
        server.close();
        clients.shutdownNow();
    }

    private JsonObject answer(Request request, Handler.Peer peer, Predicate<JsonObject> progress)
            throws ControlProblem {
        return switch (request.command()) {
            case "echo" -> echo(request, peer);
            case "count" -> count(progress);
            case "hold" -> hold();
            case "follow" -> followUntilGone(progress);
            case "refuse" ->
                throw new ControlProblem(
                        ErrorCode.EBUSY, "another transition runs", Json.of("patch", "a"));
            default -> throw new StackOverflowError("of the handler");
        };
    }

    private static JsonObject echo(Request request, Handler.Peer peer) {
        JsonObject echo = new JsonObject(request.arguments());
        echo.put("bytes", request.attachment().length);
        echo.put("user", peer.user());
        return echo;
    }

    private static JsonObject count(Predicate<JsonObject> progress) {
        for (int i = 1; i <= 3; i++) {
            boolean there = progress.test(Json.of("count", i)) && progress.test(new JsonObject());
            assertThat(there).isTrue();
        }
        return new JsonObject();
    }

    private JsonObject hold() {
        held.countDown();
        try {
            release.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return new JsonObject();
    }

    private JsonObject followUntilGone(Predicate<JsonObject> progress) {
        boolean there = progress.test(Json.of("event", "first"));
        while (there) {
            there = progress.test(new JsonObject());
        }
        heard.add("gone");
        return new JsonObject();
    }

    @Test
    void a_request_is_answered_to_the_user_who_asked() throws Exception {
        JsonObject answer = call("echo", Json.of("name", "faster"), new byte[3_000_001]);

        assertThat(answer.getString("name")).isEqualTo("faster");
        assertThat(answer.getInt("bytes")).isEqualTo(3_000_001);
        assertThat(answer.getString("user")).isEqualTo(Peers.own().getName());
    }

    @Test
    void progress_comes_in_order_and_without_the_empty_documents() throws Exception {
        List<Integer> counts = new ArrayList<>();

        client().call(
                        new Request("count", new JsonObject()),
                        progress -> counts.add(progress.getInt("count")));

        assertThat(counts).containsExactly(1, 2, 3);
    }

    @Test
    void a_refusal_keeps_its_code_sentence_and_details() {
        ControlProblem refusal = refusal("refuse");

        assertThat(refusal.code()).isEqualTo(ErrorCode.EBUSY);
        assertThat(refusal).hasMessage("another transition runs");
        assertThat(refusal.details().getString("patch")).isEqualTo("a");
    }

    @Test
    void a_handler_that_breaks_is_an_answer_and_the_server_goes_on() throws Exception {
        ControlProblem failure = refusal("unheard of");

        assertThat(failure.code()).isEqualTo(ErrorCode.EIO);
        assertThat(failure).hasMessageContaining("StackOverflowError: of the handler");
        assertThat(call("echo", new JsonObject(), new byte[0])).isNotEmpty();
    }

    @Test
    void another_protocol_is_refused_by_number() throws Exception {
        try (Wire wire = new Wire(connect())) {
            wire.write(Json.bytes(Json.of("protocol", 7)), PATIENCE);

            JsonObject error = Json.parse(wire.read(10_000, PATIENCE)).getObject("error");

            assertThat(error.getString("code")).isEqualTo("ESRCH");
            assertThat(error.getInt("exit")).isEqualTo(3);
            assertThat(error.getString("message"))
                    .isEqualTo("this agent speaks protocol 1, the request has 7");
        }
    }

    static List<byte[]> garbage() {
        byte[] deep = "[".repeat(900_000).getBytes(UTF_8);
        return List.of(
                new byte[0],
                new byte[] {0, 0},
                new byte[] {0, 0, 1, 0, '{'},
                new byte[] {-1, -1, -1, -1, 1, 2, 3},
                new byte[] {127, -1, -1, -1, 1, 2, 3},
                ByteBuffer.allocate(deep.length + 4)
                        .putInt(deep.length)
                        .put(deep)
                        .array(),
                "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbage_does_no_harm(byte[] bytes) throws Exception {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap(bytes));
        }

        assertThat(call("echo", new JsonObject(), new byte[0])).isNotEmpty();
    }

    @Test
    void clients_are_answered_side_by_side() throws Exception {
        List<Callable<JsonObject>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            JsonObject number = Json.of("number", i);
            calls.add(() -> call("echo", number, new byte[100_000]));
        }

        List<Integer> numbers = new ArrayList<>();
        for (Future<JsonObject> answer : clients.invokeAll(calls)) {
            numbers.add(answer.get().getInt("number"));
        }

        assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void one_connection_too_many_is_told_so() throws Exception {
        List<Future<JsonObject>> busy = new ArrayList<>();
        for (int i = 0; i < ControlServer.CONNECTIONS_MAX; i++) {
            busy.add(clients.submit(() -> call("hold", new JsonObject(), new byte[0])));
        }
        held.await();

        ControlProblem refusal = refusal("echo");
        release.countDown();

        assertThat(refusal).hasMessage("more than 64 commands at once; try again");
        for (Future<JsonObject> one : busy) {
            assertThat(one.get()).isEmpty();
        }
    }

    @Test
    void a_handler_learns_that_its_client_is_gone() throws Exception {
        try (Wire wire = new Wire(connect())) {
            JsonObject request = Json.of("protocol", 1);
            request.put("command", "follow");
            wire.write(Json.bytes(request), PATIENCE);
            wire.write(new byte[0], PATIENCE);
            wire.read(1000, PATIENCE);
        }

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }

    @Test
    void an_agent_that_closes_in_mid_call_is_a_missing_process() throws Exception {
        Future<ControlProblem> call = clients.submit(() -> refusal("hold"));
        while (held.getCount() == ControlServer.CONNECTIONS_MAX) {
            Thread.onSpinWait();
        }

        server.close();

        assertThat(call.get().code()).isEqualTo(ErrorCode.ESRCH);
        assertThat(call.get()).hasMessageContaining("went away before it answered 'hold'");
    }

    @Test
    void an_agent_whose_queue_is_full_is_not_a_missing_agent() throws Exception {
        Path socket = folder.resolve("full.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket), 1);
            List<SocketChannel> waiting = fill(socket);

            ControlClient client = new ControlClient(socket, PATIENCE);

            assertThatThrownBy(() -> client.call(new Request("echo", new JsonObject())))
                    .isInstanceOf(ControlProblem.class)
                    .hasMessageContaining("takes no connection; is it stopped or hanging?");
            assertThat(waiting).isNotEmpty();
        }
    }

    /** Connections until the listener's queue takes no more. */
    private static List<SocketChannel> fill(Path socket) {
        List<SocketChannel> waiting = new ArrayList<>();
        try {
            while (true) {
                SocketChannel next = SocketChannel.open(StandardProtocolFamily.UNIX);
                next.configureBlocking(false);
                if (!next.connect(UnixDomainSocketAddress.of(socket))) {
                    return waiting;
                }
                waiting.add(next);
            }
        } catch (IOException full) {
            return waiting;
        }
    }

    @Test
    void an_agent_that_is_silent_is_not_waited_for_for_ever() {
        ControlClient hasty = new ControlClient(server.socket(), Duration.ofMillis(50));

        ControlProblem silence = catchThrowableOfType(
                ControlProblem.class, () -> hasty.call(new Request("hold", new JsonObject())));

        assertThat(silence.code()).isEqualTo(ErrorCode.ETIMEDOUT);
    }

    private ControlProblem refusal(String command) {
        return catchThrowableOfType(
                ControlProblem.class, () -> client().call(new Request(command, new JsonObject())));
    }

    private JsonObject call(String command, JsonObject arguments, byte[] attachment)
            throws ControlProblem {
        return client().call(new Request(command, arguments, attachment));
    }

    private ControlClient client() {
        return new ControlClient(server.socket(), PATIENCE);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(server.socket()));
        return channel;
    }
}
