package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that are no whole patch are refused before anything is defined. */
@OnEveryJdk
final class BadArtifactTest {

    private final Shop shop;

    BadArtifactTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        refused(new byte[0]);
    }

    @Test
    void half_a_patch_is_refused() throws IOException {
        byte[] whole = Files.readAllBytes(shop.patch());
        refused(Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void random_bytes_are_refused() throws IOException {
        byte[] bytes = new byte[10_000];
        new Random(7).nextBytes(bytes);
        refused(bytes);
    }

    @Test
    void a_patch_with_one_changed_class_file_is_refused() throws IOException {
        Map<String, byte[]> entries = entries();
        String victim = entries.keySet().stream()
                .filter(name -> name.startsWith("after/") && name.endsWith(".class"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = entries.get(victim).clone();
        bytes[bytes.length - 1] ^= 1;
        entries.put(victim, bytes);
        refused(rewritten(entries));
    }

    @Test
    void a_patch_with_an_extra_entry_is_refused() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("after/lib/Stowaway.class", entries.values().iterator().next());
        refused(rewritten(entries));
    }

    @Test
    void a_patch_with_a_missing_entry_is_refused() throws IOException {
        Map<String, byte[]> entries = entries();
        assertThat(entries.keySet()
                        .removeIf(name ->
                                name.startsWith("before/") && name.endsWith("/Greeter.class")))
                .isTrue();
        refused(rewritten(entries));
    }

    @Test
    void a_jar_of_classes_is_refused() throws IOException {
        refused(Files.readAllBytes(shop.change().after()));
    }

    @Test
    void a_zip_of_something_else_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("letter.txt"));
            zip.write("Dear patch".getBytes(StandardCharsets.UTF_8));
        }
        refused(bytes.toByteArray());
    }

    /** By the command, which does not send it, and by the agent, if somebody else sends it. */
    private void refused(byte[] bytes) throws IOException {
        Path file = Files.write(Workplace.fresh().resolve("bad.jlp"), bytes);
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            String before = JsonWriter.string(control.status());

            Harmless.refuses(jvm, 11, "load", jvm.pid(), file.toString())
                    .contains("'" + file + "' is not a patch");
            assertThatThrownBy(() -> control.load(file)).hasMessageContaining("EBADMSG (11)");

            assertThat(JsonWriter.string(control.status())).isEqualTo(before);
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile jar = new JarFile(shop.patch().toFile())) {
            jar.stream()
                    .filter(entry ->
                            !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                    .forEach(entry ->
                            entries.put(entry.getName(), Jars.read(shop.patch(), entry.getName())));
        }
        return entries;
    }

    private byte[] rewritten(Map<String, byte[]> entries) throws IOException {
        try (JarFile jar = new JarFile(shop.patch().toFile())) {
            Manifest manifest = jar.getManifest();
            return Files.readAllBytes(
                    Jars.write(Workplace.fresh().resolve("bad.jlp"), manifest, entries));
        }
    }
}
