package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.api.Shadow;
import dev.jlp.patch.Link;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Fixed releases that use the API for patches. */
final class ApiNamesTest {

    private static final BuildOptions ALL = BuildOptions.named("fix", "1.0");
    private static final String BEFORE = "package p; class A { int f() { return 1; } }";
    private static final String AFTER = "package p; class A { int f() {"
            + " return dev.jlp.api.Shadow.<Integer>id(\"x\").getOrAlloc(this, any -> 2); } }";
    private static final String HOLDER = "package p; class Ids {"
            + " static final dev.jlp.api.Shadow<Integer> X = dev.jlp.api.Shadow.id(\"x\"); }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void new_bodies_name_the_api_as_the_jvm_does() throws Exception {
        Target target = build(AFTER, HOLDER).targets().get(0);

        assertThat(target.classes().get(0).methods())
                .flatExtracting(method -> method.links())
                .extracting(Link::owner)
                .contains("java/lang/JlpShadow");
        assertThat(text(target.classes().get(0).after())).doesNotContain("dev/jlp/api");
    }

    @Test
    void added_classes_name_the_api_as_the_jvm_does() throws Exception {
        Target target = build("package p; class A { int f() { return Ids.X.get(this); } }", HOLDER)
                .targets()
                .get(0);

        assertThat(target.added())
                .allSatisfy(type -> assertThat(text(type.bytes())).doesNotContain("dev/jlp/api"))
                .anySatisfy(
                        type -> assertThat(text(type.bytes())).contains("Ljava/lang/JlpShadow;"));
    }

    @Test
    void what_the_api_does_not_have_is_refused() throws Exception {
        Path stale = Sources.jar(
                folder.resolve("stale.jar"),
                List.of(),
                "package dev.jlp.api; public class Shadow { public static int gone() { return 1; } }");
        BuildResult result = PatchBuilder.build(
                pair(stale, "package p; class A { int f() { return dev.jlp.api.Shadow.gone(); } }"),
                ALL);

        assertThat(result.patch()).isEmpty();
        assertThat(result.changes().toString())
                .contains("'java.lang.JlpShadow.gone()I' does not exist there");
    }

    private Patch build(String... after) throws Exception {
        return PatchBuilder.build(pair(api(), after), ALL).patch().orElseThrow();
    }

    private List<ReleasePair> pair(Path api, String... after) {
        Path original = Sources.jar(folder.resolve("original.jar"), List.of(), BEFORE);
        Path fixed =
                Sources.jar(folder.resolve("fixed.jar"), List.of("-cp", api.toString()), after);
        return List.of(new ReleasePair(original.toString(), fixed.toString()));
    }

    private static Path api() throws URISyntaxException {
        return Path.of(
                Shadow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String text(byte[] classFile) {
        return new String(classFile, StandardCharsets.ISO_8859_1);
    }
}
