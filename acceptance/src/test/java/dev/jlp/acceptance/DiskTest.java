package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Disks: what lies there may be newer than what the JVM has in memory, and they may be full. */
@OnEveryJdk
final class DiskTest {

    private static final String PATCH = Shop.PATCH;

    private final Jdk jdk;
    private final Shop shop;
    private final Path third;

    DiskTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
        third = Sources.ofCorpus("shop")
                .replace("VERSION", "third")
                .compile(jdk, Workplace.fresh().resolve("shop.jar"), List.of(), List.of());
    }

    @Test
    void a_class_in_memory_is_patched_whatever_its_file_has_become() {
        Path folder = unpacked(Workplace.fresh(), shop.change().before());
        try (TargetJvm jvm = TargetJvm.on(jdk).with(folder).agent().run()) {
            jvm.ask("call lib.Greeter greet");
            unpacked(folder, third);

            JsonObject loaded = Jlp.json("load", jvm.pid(), shop.patch().toString());

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(JsonWriter.string(loaded.getArray("warnings")))
                    .contains("'lib.Greeter' on disk is not what this JVM has loaded");
        }
    }

    @Test
    void a_class_that_fits_on_disk_only_is_refused() {
        Path folder = unpacked(Workplace.fresh(), third);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(folder).agent().run()) {
            jvm.ask("call lib.Greeter greet");
            unpacked(folder, shop.change().before());

            Harmless.refuses(jvm, 4, "load", jvm.pid(), shop.patch().toString())
                    .contains("lib.Greeter.greet", "mismatch");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("third");
        }
    }

    @Test
    void a_jar_that_was_replaced_by_a_newer_one_is_not_read() throws IOException {
        Path jar = Workplace.fresh().resolve("shop.jar");
        Files.copy(shop.change().before(), jar);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(jar).agent().run()) {
            jvm.ask("call lib.Greeter greet");
            Path newer = Files.copy(third, jar.resolveSibling("newer.jar"));
            Files.move(newer, jar, StandardCopyOption.ATOMIC_MOVE);

            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    /** A limit on the size of files is met in the same way as the end of a disk. */
    @Test
    void a_patch_that_finds_no_room_leaves_nothing_of_itself() {
        Path folder = Workplace.fresh();
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"));
        command.addAll(Jlp.commandLine(
                "build",
                "--original",
                shop.change().before().toString(),
                "--fixed",
                shop.change().after().toString(),
                "-o",
                folder.resolve("big.jlp").toString()));
        command.add(5, "-XX:-UsePerfData");

        Exec failed = Exec.run(command);

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()
                        .lines()
                        .toList()
                        .get(failed.err().lines().toList().size() - 1))
                .startsWith("jlp: '" + folder.resolve("big.jlp") + "' can't be written")
                .endsWith("nothing is left of it");
        assertThat(folder).isEmptyDirectory();
    }

    private static Path unpacked(Path folder, Path jar) {
        try (var file = new java.util.jar.JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(each -> !each.isDirectory()).toList()) {
                Path place = folder.resolve(entry.getName());
                Files.createDirectories(place.getParent());
                Files.write(place, Jars.read(jar, entry.getName()));
            }
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
