package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

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

    private void refused(byte[] bytes) throws IOException {
        Path file = Files.write(Workplace.fresh().resolve("bad.jlp"), bytes);
        try (TargetJvm jvm = shop.start()) {
            jvm.ask("call lib.Greeter greet");

            JsonObject error = Jlp.refused("load", jvm.pid(), file.toString());

            assertThat(error.getInt("exit")).isEqualTo(11);
            assertThat(error.getString("code")).isEqualTo("EBADMSG");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(new ControlClient(jvm).status().getArray("patches")).isEmpty();
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
