package dev.jlp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PatchFolderTest {

    private static final byte[] SOME = {1};

    @TempDir
    private Path temp;

    @Test
    void a_folder_that_is_not_there_has_no_patches() throws IOException {
        assertThat(new PatchFolder(temp.resolve("none")).files()).isEmpty();
    }

    @Test
    void the_order_is_that_of_installing_and_files_put_there_by_hand_come_last()
            throws IOException, ControlProblem {
        PatchFolder folder = new PatchFolder(temp.resolve("p"));
        folder.alone(() -> {
            folder.put("b", SOME, true);
            folder.put("a", SOME, true);
            return folder.put("c", SOME, true);
        });
        Files.write(folder.path().resolve("0.jlp"), SOME);

        assertThat(folder.files()).extracting(this::name).containsExactly("b", "a", "c", "0");
    }

    @Test
    void what_is_put_last_moves_and_what_is_put_again_stays() throws IOException, ControlProblem {
        PatchFolder folder = new PatchFolder(temp.resolve("p"));
        folder.alone(() -> {
            folder.put("b", SOME, true);
            folder.put("a", SOME, true);
            folder.put("b", SOME, true);
            return folder.put("a", SOME, false);
        });

        assertThat(folder.files()).extracting(this::name).containsExactly("a", "b");
    }

    @Test
    void a_removed_patch_is_gone_and_loses_its_place() throws IOException, ControlProblem {
        PatchFolder folder = new PatchFolder(temp.resolve("p"));
        folder.alone(() -> {
            folder.put("b", SOME, true);
            return folder.put("a", SOME, true);
        });

        assertThat(folder.remove("b")).isTrue();
        assertThat(folder.remove("b")).isFalse();

        folder.put("b", SOME, false);
        assertThat(folder.files()).extracting(this::name).containsExactly("a", "b");
    }

    @Test
    void a_name_does_not_lead_out_of_the_folder() throws IOException {
        PatchFolder folder = new PatchFolder(Files.createDirectory(temp.resolve("p")));
        Files.write(temp.resolve("x.jlp"), SOME);

        assertThat(folder.find("../x")).isEmpty();
    }

    @Test
    void files_are_for_nobody_else_to_write() throws IOException, ControlProblem {
        PatchFolder folder = new PatchFolder(temp.resolve("p"));

        Path file = folder.alone(() -> folder.put("a", SOME, true));

        OwnFolder.check(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatIOException()
                .isThrownBy(() -> OwnFolder.check(file))
                .withMessageContaining("may be written to by other users");
    }

    private String name(Path file) {
        return file.getFileName().toString().replace(".jlp", "");
    }
}
