package dev.jlp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

@Timeout(60)
class SocketPlaceTest {

    private static final long SELF = ProcessHandle.current().pid();
    private static final Handler DEAF = (request, peer, progress) -> new JsonObject();

    @TempDir
    private Path temp;

    @Test
    void the_default_folder_is_named_after_the_user() throws IOException {
        assertThat(SocketPlace.socket(SELF))
                .isEqualTo(Path.of("/tmp/jlp-" + SocketPlace.uid(SELF) + "/" + SELF + ".sock"));
    }

    @Test
    void folder_and_socket_are_for_the_user_alone_and_the_socket_goes_at_the_end()
            throws IOException {
        Path folder = temp.resolve("new/c");
        ControlServer server = ControlServer.start(folder, DEAF);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(server.socket())).isEqualTo("rw-------");
        server.close();
        assertThat(server.socket()).doesNotExist();
    }

    @Test
    void a_link_is_no_folder() throws IOException {
        Path link = Files.createSymbolicLink(
                temp.resolve("link"), Files.createDirectory(temp.resolve("real")));

        assertThatIOException()
                .isThrownBy(() -> ControlServer.start(link, DEAF))
                .withMessageContaining("not a folder of its own");
    }

    @Test
    void a_folder_that_others_may_write_to_is_refused() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatIOException()
                .isThrownBy(() -> ControlServer.start(folder, DEAF))
                .withMessageContaining("may be written to by other users");
    }

    @Test
    void a_folder_of_another_user_is_refused() throws IOException {
        assumeTrue(Peers.isRoot(Peers.own()), "needs root, to give a folder away");
        Path folder = Files.createDirectory(temp.resolve("foreign"));
        Files.setAttribute(folder, "unix:uid", 65534);

        assertThatIOException()
                .isThrownBy(() -> ControlServer.start(folder, DEAF))
                .withMessageContaining("belongs to another user");
    }

    @Test
    void a_path_too_long_for_a_socket_is_refused_with_advice() {
        assertThatIOException()
                .isThrownBy(() -> ControlServer.start(temp.resolve("x".repeat(100)), DEAF))
                .withMessageContaining("choose a shorter folder with the agent's option 'control'");
    }

    @Test
    void a_socket_left_by_a_dead_process_is_replaced() throws Exception {
        Path left = SocketPlace.socket(temp, SELF);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(left));
        }

        try (ControlServer server = ControlServer.start(temp, DEAF)) {
            ControlClient client = new ControlClient(server.socket(), Duration.ofSeconds(20));
            assertThat(client.call(new Request("ping", new JsonObject()))).isEmpty();
        }
    }

    @Test
    void a_socket_that_somebody_answers_on_is_left_alone() throws IOException {
        try (ControlServer first = ControlServer.start(temp, DEAF)) {
            assertThatIOException()
                    .isThrownBy(() -> ControlServer.start(temp, DEAF))
                    .withMessageContaining("already listens on");
            assertThat(first.socket()).exists();
        }
    }

    @Test
    void a_listener_can_be_told_from_a_file() throws Exception {
        ControlServer server = ControlServer.start(temp, DEAF);
        ControlClient client = new ControlClient(server.socket(), Duration.ofSeconds(20));

        assertThat(client.listens()).isTrue();
        server.close();
        assertThat(client.listens()).isFalse();
    }

    @Test
    void nobody_listening_is_a_missing_process() {
        ControlClient client = new ControlClient(temp.resolve("1.sock"), Duration.ofSeconds(20));

        ControlProblem problem = catchThrowableOfType(
                ControlProblem.class, () -> client.call(new Request("ping", new JsonObject())));

        assertThat(problem.code()).isEqualTo(ErrorCode.ESRCH);
        assertThat(problem).hasMessageContaining("no JLP agent listens at");
    }

    @Test
    void another_user_is_refused_even_where_the_files_would_let_him_in() throws Exception {
        assumeTrue(Peers.isRoot(Peers.own()), "needs root, to become somebody else");
        Path open = Files.createTempDirectory(Path.of("/tmp"), "jlp-test");
        try (ControlServer server = ControlServer.start(open, DEAF)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(
                    server.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));

            Process stranger = stranger(open, server.socket());

            assertThat(new String(stranger.getInputStream().readAllBytes(), UTF_8))
                    .contains("is neither the user of this JVM nor root");
        } finally {
            Files.deleteIfExists(open.resolve("Stranger.java"));
            Files.delete(open);
        }
    }

    /** A JVM of the user 65534 that connects and prints whatever it is answered. */
    private static Process stranger(Path folder, Path socket) throws IOException {
        Path source = folder.resolve("Stranger.java");
        Files.writeString(source, """
                class Stranger {
                    public static void main(String[] path) throws Exception {
                        var channel = java.nio.channels.SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
                        channel.connect(java.net.UnixDomainSocketAddress.of(path[0]));
                        var answer = java.nio.ByteBuffer.allocate(1000);
                        while (channel.read(answer) > 0) {}
                        System.out.println(new String(answer.array()));
                    }
                }
                """);
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r--r--"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        java,
                        source.toString(),
                        socket.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
