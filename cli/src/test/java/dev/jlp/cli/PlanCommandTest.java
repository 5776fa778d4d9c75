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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import javax.tools.ToolProvider;

class PlanCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String both = "";
    private String half = "";
    private String stranger = "";

    @BeforeEach
    void patches() throws IOException {
        String original = release("before", 1, 1);
        String first = release("first", 2, 2);
        String second = release("second", 3, 1);
        both = patch("both", original, first, "--replace-set", "shop");
        half = patch("half", original, second, "--replace-set", "shop", "--version", "2");
        stranger = patch("stranger", original, second, "--replace", "none");
        out.getBuffer().setLength(0);
    }

    @Test
    void patches_that_load_are_told_with_the_bodies_that_are_in_force_afterwards() {
        assertThat(jlp("plan", both, half, "--allow-drop")).isZero();

        assertThat(out.toString()).isEqualTo("""
                1. 'both' 1 of set 'shop': would load
                   switches    Cart.count()I
                               Cart.price()I
                   active      'both'
                   in force    Cart.count()I of 'both'
                               Cart.price()I of 'both'

                2. 'half' 2 of set 'shop': would load
                   replaces    'both'
                   drops       Cart.count()I (of 'both')
                   switches    Cart.count()I
                               Cart.price()I
                   active      'half'
                   in force    Cart.price()I of 'half'

                2 patches: each would load, if the JVM holds what it was built for ('jlp doctor' asks one)
                """);
    }

    @Test
    void a_refused_patch_says_why_and_gives_the_exit_code() {
        assertThat(jlp("plan", both, half, stranger)).isEqualTo(5);

        assertThat(out.toString())
                .contains(
                        "2. 'half' 2 of set 'shop': is refused, EINVAL (exit 5)\n"
                                + "   because     fixes of replaced patches would be dropped: Cart.count()I (of 'both')",
                        "   shares      Cart.price()I (of 'both')\n",
                        "3 patches, 2 refused; nothing was loaded anywhere\n");
    }

    @Test
    void with_stacks_the_body_below_is_named() {
        assertThat(jlp("plan", "--conflicts", "stack", both, stranger)).isZero();

        assertThat(out.toString())
                .contains(
                        "active      'both', 'stranger', in this order",
                        "Cart.price()I of 'stranger', above 'both'");
    }

    @Test
    void a_plan_as_json() throws Exception {
        assertThat(jlp("plan", both, half, "--json")).isEqualTo(5);

        JsonObject document = document();
        assertThat(document.getInt("schema")).isEqualTo(1);
        assertThat(document.getInt("exit")).isEqualTo(5);
        assertThat(document.getString("conflicts")).isEqualTo("refuse");
        JsonObject first = document.getArray("steps").getObject(0);
        assertThat(first.getString("result")).isEqualTo("loads");
        assertThat(first.getArray("method_stacks").getObject(0).getArray("patches"))
                .containsExactly("both");
        assertThat(first.getArray("active").getObject(0).getInt("stack_order")).isEqualTo(1);
        JsonObject second = document.getArray("steps").getObject(1);
        assertThat(second.getArray("replaces")).containsExactly("both");
        assertThat(second.getArray("drops").getObject(0).getString("owner")).isEqualTo("both");
        assertThat(second.getArray("refusals").getObject(0).getString("code")).isEqualTo("EINVAL");
        assertThat(second.getArray("active").getObject(0).getString("name")).isEqualTo("both");
    }

    @Test
    void the_same_patch_twice_is_refused_as_its_name_is_taken() throws Exception {
        assertThat(jlp("plan", both, both, "--json")).isEqualTo(5);

        assertThat(document()
                        .getArray("steps")
                        .getObject(1)
                        .getArray("refusals")
                        .getObject(0)
                        .getString("code"))
                .isEqualTo("EEXIST");
    }

    @Test
    void a_file_that_is_no_patch_is_named_and_nothing_is_planned() throws Exception {
        String bad = Files.writeString(folder.resolve("bad.jlp"), "no patch").toString();

        assertThat(jlp("plan", both, bad)).isEqualTo(11);
        assertThat(jlp("plan", both, folder.resolve("gone.jlp").toString())).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("'" + bad + "' is not a patch", "gone.jlp' can't be read");
    }

    @Test
    void no_patch_or_an_unknown_rule_is_wrong_usage() {
        assertThat(jlp("plan")).isEqualTo(2);
        assertThat(jlp("plan", both, "--conflicts", "perhaps")).isEqualTo(2);
        assertThat(err.toString()).contains("PATCH", "'perhaps'");
    }

    private String patch(String name, String original, String fixed, String... options) {
        String file = folder.resolve(name + ".jlp").toString();
        List<String> words = new ArrayList<>(List.of(
                "build", "--original", original, "--fixed", fixed, "--name", name, "-o", file));
        Collections.addAll(words, options);
        assertThat(jlp(words.toArray(String[]::new))).as(err.toString()).isZero();
        return file;
    }

    private int jlp(String... words) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), words);
    }

    private JsonObject document() throws JsonParserException {
        return JsonParser.object().from(out.toString());
    }

    private String release(String name, int price, int count) throws IOException {
        Path classes = Files.createDirectory(folder.resolve(name));
        String source = "class Cart { int price() { return " + price + "; } int count() { return "
                + count + "; } }";
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
