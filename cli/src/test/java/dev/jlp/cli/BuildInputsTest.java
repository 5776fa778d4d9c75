package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** Builds from sources and a diff, smallest patches, and patches on top of older ones. */
class BuildInputsTest {

    private static final String CART = """
            class Cart {
                int price() {
                    return 1;
                }
                int tax() {
                    return 1;
                }
            }
            """;
    private static final String TILL = "class Till { int open() { return 1; } }";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String original = "";
    private String fixed = "";
    private String patch = "";

    @BeforeEach
    void releases() throws IOException {
        original = release("shop-1", CART, TILL);
        fixed = release("shop-2", CART.replace("1", "2"), TILL.replace("1", "2"));
        patch = folder.resolve("fix.jlp").toString();
    }

    @Test
    void a_patch_is_built_from_sources_and_a_diff() throws Exception {
        assertThat(jlp(fromSources("        return 1;", "        return 9;"))).isZero();
        assertThat(out.toString())
                .contains("shop: Cart\n  done             price()I: the body changes\n");
        assertThat(Path.of(patch)).exists();
    }

    @Test
    void a_diff_that_does_not_apply_is_exit_1_and_nothing_is_written() throws Exception {
        assertThat(jlp(fromSources("        return 7;", "        return 9;"))).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "the hunk '@@ -3 +3 @@' of 'src/Cart.java' does not apply to the sources");
        assertThat(Path.of(patch)).doesNotExist();
    }

    @Test
    void inputs_that_do_not_go_together_are_wrong_usage() {
        assertThat(jlp("build", "--original", original, "--sources", "s.jar")).isEqualTo(2);
        assertThat(jlp(
                        "build",
                        "--original",
                        original,
                        "--fixed",
                        fixed,
                        "--sources",
                        "s.jar",
                        "--diff",
                        "f.patch"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--sources and --diff need one another", "go with one --original");
    }

    @Test
    void the_smallest_effective_patch_is_written_with_its_options() throws Exception {
        assertThat(build("--minimize", "grep -aq after/0/Till.class {}")).isZero();
        assertThat(out.toString())
                .contains("smallest effective patch, after 3 runs: --closure --include 'Till'\n");
        assertThat(Files.readString(Path.of(patch), ISO_8859_1))
                .contains("after/0/Till.class")
                .doesNotContain("after/0/Cart.class");
    }

    @Test
    void the_search_ends_after_so_many_runs_and_says_so() throws Exception {
        assertThat(build("--minimize", "test -s \"$JLP_PATCH\"", "--minimize-runs", "1", "--json"))
                .isZero();
        JsonObject minimum = JsonParser.object().from(out.toString()).getObject("minimum");
        assertThat(minimum.getInt("runs")).isEqualTo(1);
        assertThat(minimum.getBoolean("complete")).isFalse();
    }

    @Test
    void a_patch_that_is_not_effective_is_not_minimized() {
        assertThat(build("--minimize", "false")).isEqualTo(1);
        assertThat(err.toString()).contains("the whole patch is not effective");
        assertThat(Path.of(patch)).doesNotExist();
    }

    @Test
    void a_candidate_that_takes_too_long_is_not_effective_and_its_processes_end() throws Exception {
        Path started = folder.resolve("started");
        String waits = "sleep 1000 & echo $! > " + started + "; wait";

        assertThat(build(
                        "--minimize",
                        "grep -aq after/0/Cart.class {} || exit 1; grep -aq after/0/Till.class {} && exit 0; "
                                + waits,
                        "--minimize-seconds",
                        "1"))
                .isZero();

        assertThat(err.toString()).contains("did not end in 1 second; that candidate is");
        assertThat(out.toString()).contains("--include 'Cart.tax' --include 'Till.open'");
        long pid = Long.parseLong(Files.readString(started).strip());
        ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    }

    @Test
    void a_search_without_runs_or_time_is_wrong() {
        assertThat(build("--minimize", "true", "--minimize-seconds", "0")).isEqualTo(2);
        assertThat(build("--minimize", "true", "--minimize-runs", "0")).isEqualTo(2);
    }

    @Test
    void a_cumulative_patch_supersedes_the_old_one_in_its_set() throws Exception {
        String old = old("Cart.price");

        assertThat(build("--cumulative", old, "--version", "2", "--json")).isZero();
        out.getBuffer().setLength(0);
        jlp("inspect", patch, "--json");
        JsonObject document = JsonParser.object().from(out.toString());
        assertThat(document.getString("replace_set")).isEqualTo("security");
        assertThat(document.getArray("supersedes")).containsExactly("old");
    }

    @Test
    void a_cumulative_patch_that_lacks_a_fix_is_exit_5_and_not_written() throws Exception {
        String old = old("Cart.*");

        assertThat(build("--cumulative", old, "--version", "2", "--include", "Cart.price"))
                .isEqualTo(5);
        assertThat(err.toString())
                .contains("fixes would be dropped: Cart.tax()I")
                .contains("(of 'old')");
        assertThat(Path.of(patch)).doesNotExist();
    }

    @Test
    void a_cumulative_patch_has_a_higher_version_and_another_name() throws Exception {
        String old = old("Cart.*");

        assertThat(build("--cumulative", old)).isEqualTo(5);
        assertThat(err.toString()).contains("after 'old' this patch would not load: ");
        assertThat(build("--cumulative", old, "--name", "old")).isEqualTo(2);
        assertThat(err.toString()).contains("'old' is the name of the old patch");
    }

    private String old(String include) {
        String old = folder.resolve("old.jlp").toString();
        assertThat(jlp(
                        "build",
                        "--original",
                        original,
                        "--fixed",
                        fixed,
                        "-o",
                        old,
                        "--version",
                        "1.5",
                        "--replace-set",
                        "security",
                        "--include",
                        include))
                .isZero();
        out.getBuffer().setLength(0);
        return old;
    }

    private int build(String... more) {
        return jlp(Stream.concat(
                        Stream.of("build", "--original", original, "--fixed", fixed, "-o", patch),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String[] fromSources(String line, String other) throws IOException {
        Path sources = folder.resolve("shop-1-sources.jar");
        try (OutputStream stream = Files.newOutputStream(sources);
                JarOutputStream entries = new JarOutputStream(stream)) {
            entries.putNextEntry(new JarEntry("Cart.java"));
            entries.write(CART.getBytes(UTF_8));
        }
        Path diff = Files.writeString(
                folder.resolve("fix.patch"),
                "--- a/src/Cart.java\n+++ b/src/Cart.java\n@@ -3 +3 @@\n-" + line + "\n+" + other
                        + "\n");
        return new String[] {
            "build",
            "--original",
            original,
            "--sources",
            sources.toString(),
            "--diff",
            diff.toString(),
            "-o",
            patch
        };
    }

    private int jlp(String... words) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), words);
    }

    private String release(String name, String cart, String till) throws IOException {
        Path classes = Files.createDirectory(folder.resolve(name));
        Path first = Files.writeString(classes.resolve("Cart.java"), cart, UTF_8);
        Path second = Files.writeString(classes.resolve("Till.java"), till, UTF_8);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        first.toString(),
                        second.toString());
        assertThat(failed).isZero();
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream stream = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(stream)) {
            for (String type : new String[] {"Cart.class", "Till.class"}) {
                entries.putNextEntry(new JarEntry(type));
                entries.write(Files.readAllBytes(classes.resolve(type)));
            }
        }
        return jar.toString();
    }
}
