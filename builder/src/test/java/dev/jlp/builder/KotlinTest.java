package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Patch;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Releases that Kotlin's compiler makes of one source and of edits of it. */
class KotlinTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path releases;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @BeforeAll
    static void compile() throws Exception {
        String source = source();
        Kotlin.jar(jar("original"), source);
        Kotlin.jar(
                jar("fixed"),
                edited(
                        source,
                        "discount: Int = 10",
                        "discount: Int = 11",
                        "base * quantity",
                        "base * maxOf(quantity, 0)",
                        "listOf({ it + calls }",
                        "listOf({ it * 100 }, { it + calls }"));
        Kotlin.jar(
                jar("constant"),
                edited(
                        source,
                        "LOW, HIGH }",
                        "LOW, HIGH, TOP }",
                        "Level.HIGH -> 2",
                        "Level.HIGH -> 2\n        Level.TOP -> 3"));
    }

    /** Behind the added lambda, the two others have other numbers: one object must not run the other's code. */
    @Test
    void a_change_is_found_where_it_is() throws Exception {
        BuildResult result = build(jar("original"), jar("fixed"));

        assertThat(result.changes())
                .extracting(Change::subject, Change::verdict)
                .containsExactlyInAnyOrder(
                        done("total(IILjava/lang/String;)I"),
                        done("total$default(Lk/Prices;IILjava/lang/String;ILjava/lang/Object;)I"),
                        done("rules()Ljava/util/List;"),
                        done("rules$lambda$5(I)I"));
        isEffective(result, jar("original"), jar("fixed"));
    }

    @Test
    void an_added_enum_constant_reaches_a_when_that_does_not_name_it() throws Exception {
        BuildResult result = build(jar("original"), jar("constant"));

        assertThat(result.changes())
                .filteredOn(change -> change.verdict() != Verdict.DONE)
                .extracting(Change::subject)
                .containsExactly("k.Level.TOP");
        // Its map of constants was made when there were two.
        assertThat(result.patch().orElseThrow().targets().get(0).classes())
                .filteredOn(type -> type.name().equals("k/Other"))
                .flatExtracting(ClassPatch::methods)
                .extracting(method -> method.id().toString())
                .containsExactly("isHigh(Lk/Level;)Z");
        isEffective(result, jar("original"), jar("constant"));
    }

    @Test
    void what_the_compiler_notes_is_no_change() throws Exception {
        Path noted = withOtherMetadata(jar("original"), folder.resolve("noted.jar"));
        assertThatThrownBy(() -> build(jar("original"), noted))
                .hasMessageContaining("nothing to patch");

        BuildResult result = build(
                jar("original"), withOtherMetadata(jar("fixed"), folder.resolve("fixed.jar")));
        assertThat(result.changes())
                .hasSize(4)
                .extracting(Change::verdict)
                .containsOnly(Verdict.DONE);
        assertThat(result.notes())
                .anyMatch(note -> note.contains("(such as 'kotlin.Metadata') differs in")
                        && note.endsWith("sees the original's declarations"));
    }

    private static org.assertj.core.groups.Tuple done(String member) {
        return org.assertj.core.groups.Tuple.tuple("k.Prices." + member, Verdict.DONE);
    }

    private static Path withOtherMetadata(Path jar, Path other) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                String name = entry.getName();
                if (name.endsWith(".class")) {
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    classes.put(name.substring(0, name.length() - 6), withOtherMetadata(bytes));
                }
            }
        }
        return Sources.write(other, classes);
    }

    private static byte[] withOtherMetadata(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        for (AnnotationNode annotation : type.visibleAnnotations) {
            if (annotation.desc.equals("Lkotlin/Metadata;")) {
                annotation.values.set(1, List.of(9, 9, 9));
            }
        }
        return ClassFiles.write(type);
    }

    private static void isEffective(BuildResult result, Path original, Path fixed)
            throws Exception {
        Patch patch = result.patch().orElseThrow();
        assertThat(run(PatchedLoader.patched(patch, original)))
                .isNotEqualTo(run(PatchedLoader.plain(original)))
                .isEqualTo(run(PatchedLoader.plain(fixed)));
    }

    private static Path jar(String name) {
        return releases.resolve(name + ".jar");
    }

    private static String source() throws IOException {
        try (InputStream file = KotlinTest.class.getResourceAsStream("/compilers/Prices.kt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** With other texts in place of those that come before them, each of which must be there. */
    private static String edited(String source, String... texts) {
        String edited = source;
        for (int i = 0; i < texts.length; i += 2) {
            assertThat(edited).contains(texts[i]);
            edited = edited.replace(texts[i], texts[i + 1]);
        }
        return edited;
    }

    private static BuildResult build(Path original, Path fixed) throws BuildProblem {
        return PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())),
                BuildOptions.named("fix", "1.0"));
    }

    private static Object run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("k.Main").getDeclaredConstructor().newInstance();
        return ((Callable<?>) main).call();
    }
}
