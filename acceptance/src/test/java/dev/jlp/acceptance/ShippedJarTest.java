package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.IntStream;

/** What the shipped jars put in front of the applications. */
final class ShippedJarTest {

    /** The tag in the constant pool; JVMS 4.4. */
    private static final int INVOKE_DYNAMIC = 18;

    @Test
    void the_agent_shows_one_class_to_applications() throws IOException {
        assertThat(classes(Shipped.agent()))
                .filteredOn(name -> !name.startsWith("META-INF/jlp/"))
                .containsExactly("dev/jlp/agent/LivepatchAgent.class");
    }

    @Test
    void everything_else_of_the_agent_is_below_meta_inf_jlp() throws IOException {
        assertThat(entries(Shipped.agent()))
                .filteredOn(name -> !name.startsWith("META-INF/jlp/"))
                .filteredOn(name -> !name.equals(JarFile.MANIFEST_NAME))
                .containsExactly("dev/jlp/agent/LivepatchAgent.class");
    }

    @Test
    void no_library_of_the_agent_keeps_its_public_name() throws IOException {
        assertThat(classes(Shipped.agent()))
                .noneMatch(
                        name -> name.contains("org/objectweb/asm/") && !name.contains("dev/jlp/"))
                .noneMatch(
                        name -> name.contains("com/grack/nanojson/") && !name.contains("dev/jlp/"));
    }

    /** The JVM refuses a call site for good if there is no metaspace when it links it. */
    @Test
    void the_agent_links_no_call_sites() throws IOException {
        try (JarFile jar = new JarFile(Shipped.agent().toFile())) {
            List<JarEntry> ours = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/jlp/runtime/"))
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();

            assertThat(ours).hasSizeGreaterThan(100);
            for (JarEntry each : ours) {
                try (InputStream in = jar.getInputStream(each)) {
                    assertThat(linksCallSites(in.readAllBytes()))
                            .as(each.getName())
                            .isFalse();
                }
            }
        }
    }

    private static boolean linksCallSites(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        return IntStream.range(1, reader.getItemCount())
                .map(reader::getItem)
                .anyMatch(item -> item > 0 && classFile[item - 1] == INVOKE_DYNAMIC);
    }

    @Test
    void the_agent_s_manifest_asks_for_what_it_needs() throws IOException {
        try (JarFile jar = new JarFile(Shipped.agent().toFile())) {
            var attributes = jar.getManifest().getMainAttributes();

            assertThat(attributes.getValue("Premain-Class"))
                    .isEqualTo("dev.jlp.agent.LivepatchAgent");
            assertThat(attributes.getValue("Agent-Class"))
                    .isEqualTo("dev.jlp.agent.LivepatchAgent");
            assertThat(attributes.getValue("Can-Redefine-Classes")).isEqualTo("true");
            assertThat(attributes.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(attributes.getValue("Boot-Class-Path")).isNull();
        }
    }

    private static List<String> classes(Path jar) throws IOException {
        return entries(jar).stream().filter(name -> name.endsWith(".class")).toList();
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/package-info.class"))
                    .toList();
        }
    }
}
