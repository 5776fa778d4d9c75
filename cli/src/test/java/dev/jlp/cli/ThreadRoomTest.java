package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits of control groups; that of the address space is tried with real JVMs. */
class ThreadRoomTest {

    @TempDir
    private Path root;

    @Test
    void a_group_around_that_is_full_counts() throws IOException {
        group("pod", "100", "97");
        group("pod/shop", "max", "97");

        assertThat(ThreadRoom.nearGroupLimit("0::/pod/shop\n", root))
                .contains(root.resolve("pod").toString(), "pids.max");
    }

    @Test
    void the_older_hierarchy_counts_too() throws IOException {
        group("pids/shop", "50", "50");

        assertThat(ThreadRoom.nearGroupLimit("12:cpu:/other\n3:pids:/shop\n", root))
                .contains("pids.max");
    }

    @Test
    void with_room_for_the_threads_nothing_is_near() throws IOException {
        group("shop", "100", Integer.toString(100 - ThreadRoom.THREADS_MIN));

        assertThat(ThreadRoom.nearGroupLimit("0::/shop\n", root)).isNull();
    }

    @Test
    void what_can_not_be_read_is_not_near() throws IOException {
        assertThat(ThreadRoom.nearGroupLimit("0::/../elsewhere\n0::/\nodd\n", root))
                .isNull();
    }

    private void group(String path, String max, String current) throws IOException {
        Path folder = Files.createDirectories(root.resolve(path));
        Files.writeString(folder.resolve("pids.max"), max + "\n");
        Files.writeString(folder.resolve("pids.current"), current + "\n");
    }
}
