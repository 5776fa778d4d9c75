package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

class BuildCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String original = "";
    private String fixed = "";
    private String reshaped = "";

    @BeforeEach
    void releases() throws IOException {
        original = release("shop-1", "public class Cart { int price() { return 1; } }");
        fixed = release("shop-2", "public class Cart { int price() { return 2; } }");
        reshaped =
                release("shop-3", "public class Cart extends Thread { int price() { return 2; } }");
    }

    @Test
    void a_patch_is_built_and_can_be_inspected() throws Exception {
        String patch = folder.resolve("fix.jlp").toString();

        assertThat(jlp("build", "--original", original, "--fixed", fixed, "-o", patch))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "shop: Cart\n  done             price()I: ",
                        "'fix' 1: 1 change taken; written to '");
        assertThat(jlp("inspect", patch)).isZero();
        assertThat(out.toString())
                .contains(
                        "target shop: shop-1.jar -> shop-2.jar\n  Cart\n    done             price()I: the body changes\n");
    }

    @Test
    void a_build_as_json_lists_the_changes() throws Exception {
        String patch = folder.resolve("fix.jlp").toString();

        jlp(
                "build",
                "--original",
                original,
                "--fixed",
                fixed,
                "-o",
                patch,
                "--version",
                "1.2",
                "--json");

        JsonObject document = document();
        assertThat(document.getInt("schema")).isEqualTo(1);
        assertThat(document.getString("version")).isEqualTo("1.2");
        JsonObject change = document.getArray("changes").getObject(0);
        assertThat(change.getString("class")).isEqualTo("Cart");
        assertThat(change.getString("verdict")).isEqualTo("done");
        assertThat(change.getBoolean("taken")).isTrue();
    }

    @Test
    void a_refused_change_is_exit_4_and_what_was_there_stays() throws Exception {
        Path patch = Files.writeString(folder.resolve("fix.jlp"), "older");

        assertThat(jlp(
                        "build",
                        "--original",
                        original,
                        "--fixed",
                        reshaped,
                        "-o",
                        patch.toString()))
                .isEqualTo(4);
        assertThat(out.toString()).contains("  refused          hierarchy: the superclass changes");
        assertThat(err.toString()).contains("'fix' can't be built: 1 change is refused");
        assertThat(patch).hasContent("older");
    }

    @Test
    void a_refused_change_as_json_is_in_the_details() throws Exception {
        String patch = folder.resolve("fix.jlp").toString();

        assertThat(jlp("build", "--original", original, "--fixed", reshaped, "-o", patch, "--json"))
                .isEqualTo(4);
        JsonObject error = document().getObject("error");
        assertThat(error.getString("code")).isEqualTo("ENOENT");
        assertThat(error.getObject("details").getArray("changes")).isNotEmpty();
        assertThat(Path.of(patch)).doesNotExist();
    }

    @Test
    void what_only_a_callback_can_do_is_exit_4_too() throws Exception {
        String printing = release(
                "shop-4",
                "public class Cart { static { System.gc(); } int price() { return 2; } }");

        assertThat(jlp("build", "--original", original, "--fixed", printing, "--name", "fix"))
                .isEqualTo(4);
        assertThat(out.toString()).contains("  needs a callback ");
        assertThat(err.toString())
                .contains("'fix' can't be built: 1 change is open until '--callbacks' say");
    }

    @Test
    void what_will_not_be_done_is_inspected_too() throws Exception {
        String locked = release(
                "shop-5",
                "class Cart { synchronized int price() { return 1; } int tax() { return 1; } }");
        String open = release(
                "shop-6", "class Cart { int price() { return 2; } int tax() { return 2; } }");
        String patch = folder.resolve("fix.jlp").toString();

        assertThat(jlp(
                        "build",
                        "--original",
                        locked,
                        "--fixed",
                        open,
                        "--exclude",
                        "Cart.tax",
                        "-o",
                        patch))
                .isZero();
        assertThat(jlp("inspect", patch)).isZero();
        assertThat(out.toString())
                .contains(
                        "    done with care   price()I: the method stays 'synchronized'\n",
                        "will not be done:\n  left out         Cart.tax()I: the body changes");
    }

    @Test
    void an_inspected_patch_as_json_has_the_verdicts_of_the_build() throws Exception {
        String patch = folder.resolve("fix.jlp").toString();
        jlp("build", "--original", original, "--fixed", fixed, "-o", patch);
        out.getBuffer().setLength(0);

        jlp("inspect", patch, "--json");

        JsonObject change = document().getArray("changes").getObject(0);
        assertThat(change.getString("target")).isEqualTo("shop");
        assertThat(change.getString("class")).isEqualTo("Cart");
        assertThat(change.getString("member")).isEqualTo("price()I");
        assertThat(change.getString("kind")).isEqualTo("body");
        assertThat(change.getString("verdict")).isEqualTo("done");
        assertThat(change.getBoolean("taken")).isTrue();
        assertThat(change.getString("reason")).isEqualTo("the body changes");
    }

    @Test
    void what_is_no_jar_is_exit_1_and_nothing_is_written() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "hello world");
        Path patch = folder.resolve("fix.jlp");

        assertThat(jlp(
                        "build",
                        "--original",
                        original,
                        "--fixed",
                        text.toString(),
                        "-o",
                        patch.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("jlp: 'text.jar' is not a jar\n");
        assertThat(patch).doesNotExist();
    }

    @Test
    void a_patch_that_can_not_be_written_leaves_nothing() throws Exception {
        Path place = Files.createDirectory(folder.resolve("fix.jlp"));

        assertThat(jlp("build", "--original", original, "--fixed", fixed, "-o", place.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("jlp: '" + place
                        + "' can't be written: it is a folder; nothing is left of it\n");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void wrong_options_are_wrong_usage() {
        assertThat(jlp("build", "--original", original)).isEqualTo(2);
        assertThat(jlp("build", "--original", original, "--original", original, "--fixed", fixed))
                .isEqualTo(2);
        assertThat(jlp("build", "--original", original, "--fixed", fixed, "--version", "new"))
                .isEqualTo(2);
        assertThat(jlp("build", "--original", original, "--fixed", fixed, "--name", "a b"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'new' is not a version", "'a b' can't be the name of a patch");
    }

    @Test
    void a_class_path_may_be_joined_or_coordinates() {
        assertThat(PatchOptions.classpathEntries(
                        List.of("a.jar:b.jar", "org.x:y:1.0", "lib/c.jar")))
                .containsExactly("a.jar", "b.jar", "org.x:y:1.0", "lib/c.jar");
    }

    private int jlp(String... words) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), words);
    }

    private JsonObject document() throws JsonParserException {
        return JsonParser.object().from(out.toString());
    }

    private String release(String name, String source) throws IOException {
        Path classes = Files.createDirectory(folder.resolve(name));
        Path file = Files.writeString(classes.resolve("Cart.java"), source, UTF_8);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), file.toString());
        assertThat(failed).isZero();
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream stream = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(stream)) {
            entries.putNextEntry(new JarEntry("Cart.class"));
            entries.write(Files.readAllBytes(classes.resolve("Cart.class")));
        }
        return jar.toString();
    }
}
