package dev.jlp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import dev.jlp.control.ControlServer;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.Request;
import dev.jlp.control.SocketPlace;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.Replace;
import dev.jlp.patch.Target;
import dev.jlp.patch.Version;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Whole commands against a small agent that listens where the agent of this very JVM would. */
@Timeout(60)
class CommandTest {

    private static final String SELF = Long.toString(JvmProcess.self());

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final LittleAgent agent = new LittleAgent();

    @AfterEach
    void everything_spoken_ends_with_a_line_end() {
        assertThat(out.toString())
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).endsWith("\n"));
    }

    @Test
    void a_load_waits_until_the_patch_is_enabled() throws Exception {
        agent.lasting(2, 0);

        int exit = jlp("load", SELF, artifact(), "--reason", "incident 7", "--allow-drop");

        assertThat(exit).isZero();
        assertThat(out.toString())
                .startsWith("'faster' 1.2 is enabled: every thread runs the new bodies (")
                .contains("3 methods patchable", "warning: class 'a.B' is not loaded");
        assertThat(err.toString())
                .contains(
                        "11 of 12 threads are patched; waiting for thread 'worker' in shop.Cart.price");
        Request load = agent.first("load");
        assertThat(load.arguments().getString("reason")).isEqualTo("incident 7");
        assertThat(load.arguments().getBoolean("allow-drop")).isTrue();
        assertThat(load.arguments().getBoolean("dry-run")).isFalse();
        assertThat(load.attachment()).isEqualTo(Files.readAllBytes(Path.of(artifact())));
    }

    @Test
    void a_load_as_json_is_one_document_and_nothing_is_said() throws Exception {
        agent.lasting(1, 0);

        int exit = jlp("load", SELF, artifact(), "--json");

        JsonObject document = document();
        assertThat(exit).isZero();
        assertThat(document.getInt("schema")).isEqualTo(1);
        assertThat(document.getString("state")).isEqualTo("enabled");
        assertThat(document.getBoolean("forced")).isFalse();
        assertThat(document.getDouble("seconds")).isPositive();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void out_of_time_a_load_is_reversed_and_says_so() throws Exception {
        agent.lasting(LittleAgent.FOR_EVER, 1);

        int exit = jlp("load", SELF, artifact(), "--wait", "50ms");

        assertThat(exit).isEqualTo(8);
        assertThat(agent.commands()).containsOnlyOnce("reverse");
        assertThat(err.toString())
                .contains(
                        "'faster' did not become enabled within 50 ms, held by thread 'worker' in shop.Cart.price;"
                                + " it was reversed and the JVM runs the original code");
    }

    @Test
    void a_reversal_that_does_not_end_is_said_to_be_running() throws Exception {
        agent.lasting(LittleAgent.FOR_EVER, LittleAgent.FOR_EVER);

        int exit = jlp("load", SELF, artifact(), "--wait", "50ms", "--json");

        JsonObject error = document().getObject("error");
        assertThat(exit).isEqualTo(8);
        assertThat(error.getString("code")).isEqualTo("ETIMEDOUT");
        assertThat(error.getInt("exit")).isEqualTo(8);
        assertThat(error.getObject("details").getString("state")).isEqualTo("reversing");
        assertThat(error.getObject("details").getArray("blockers")).hasSize(1);
    }

    @Test
    void keep_waiting_leaves_the_transition_running() throws Exception {
        agent.lasting(LittleAgent.FOR_EVER, 0);

        int exit = jlp("load", SELF, artifact(), "--wait", "50ms", "--keep-waiting");

        assertThat(exit).isEqualTo(8);
        assertThat(agent.commands()).doesNotContain("reverse");
        assertThat(err.toString())
                .contains("its transition goes on", "'jlp reverse " + SELF + "' undoes it");
    }

    @Test
    void no_wait_returns_at_once() throws Exception {
        agent.lasting(LittleAgent.FOR_EVER, 0);

        assertThat(jlp("load", SELF, artifact(), "--no-wait")).isZero();
        assertThat(agent.commands()).containsExactly("load");
        assertThat(out.toString()).startsWith("'faster' 1.2 is in transition");
    }

    @Test
    void done_by_force_has_its_own_exit_code() throws Exception {
        agent.lasting(LittleAgent.FOR_EVER, 0).forcedAtLook(2);

        assertThat(jlp("load", SELF, artifact())).isEqualTo(10);
        assertThat(out.toString()).contains("by force");
    }

    @Test
    void a_disable_waits_as_well_and_what_was_forced_before_does_not_count() throws Exception {
        agent.enabled().lasting(1, 0);

        assertThat(jlp("disable", SELF, "faster")).isZero();
        assertThat(out.toString())
                .startsWith("'faster' 1.2 is disabled: every thread runs the original bodies (");
    }

    @Test
    void a_disable_out_of_time_stays_enabled() throws Exception {
        agent.enabled().lasting(LittleAgent.FOR_EVER, 0);

        assertThat(jlp("disable", SELF, "faster", "--wait", "50ms")).isEqualTo(8);
        assertThat(err.toString()).contains("it was reversed and it stays enabled");
    }

    @ParameterizedTest
    @CsvSource({
        "ESRCH, 3",
        "ENOENT, 4",
        "EINVAL, 5",
        "EEXIST, 5",
        "EBUSY, 6",
        "EPERM, 7",
        "ECANCELED, 9",
        "EIO, 1"
    })
    void a_refusal_is_its_exit_code(ErrorCode code, int exit) throws Exception {
        agent.refusing(code, "it can't be");

        assertThat(jlp("load", SELF, artifact())).isEqualTo(exit);
        assertThat(err.toString()).isEqualTo("jlp: it can't be\n  patch: other\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_refusal_as_json_is_the_error_document() throws Exception {
        agent.refusing(ErrorCode.EBUSY, "another transition runs");

        assertThat(jlp("disable", SELF, "faster", "--json")).isEqualTo(6);
        assertThat(out.toString())
                .isEqualTo(
                        "{\"schema\":1,\"error\":{\"code\":\"EBUSY\",\"exit\":6,"
                                + "\"message\":\"another transition runs\",\"details\":{\"patch\":\"other\"}}}\n");
    }

    @Test
    void a_bad_artifact_never_gets_to_the_agent() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.jlp"), "hello");

        assertThat(jlp("load", SELF, bad.toString())).isEqualTo(11);
        assertThat(err.toString()).contains("'" + bad + "' is not a patch: ");
        assertThat(agent.commands()).isEmpty();
    }

    @Test
    void doctor_names_a_bad_artifact_and_goes_on() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.jlp"), "hello");

        assertThat(jlp("doctor", SELF, bad.toString())).isEqualTo(11);
        assertThat(out.toString()).contains("refused: EBADMSG: ", "the patch would be refused\n");
        assertThat(agent.commands()).containsExactly("doctor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "load",
                "load 1",
                "load 1 a.jlp b.jlp",
                "load 1 a.jlp --wait soon",
                "load 1 a.jlp --wait 5s --no-wait",
                "load 1 a.jlp --no-wait --keep-waiting",
                "status --keep-going 1",
                "status --watch --all x",
                "list 1 --frobnicate"
            })
    void wrong_usage_is_one_sentence_and_exit_2(String line) throws Exception {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThat(jlp(words)).isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .singleElement()
                .asString()
                .startsWith("jlp: ")
                .contains("--help'");
    }

    @Test
    void a_process_that_is_not_there_is_named() throws Exception {
        assertThat(jlp("status", "999999999", "--json")).isEqualTo(3);
        assertThat(document().getObject("error").getString("message"))
                .isEqualTo("there is no process 999999999");
    }

    @Test
    void a_word_that_no_jvm_has_is_refused() throws Exception {
        assertThat(jlp("list", "no.such.Main")).isEqualTo(3);
        assertThat(err.toString()).contains("no JVM of this user has 'no.such.Main'");
    }

    @Test
    void lists_and_events_are_printed() throws Exception {
        agent.enabled();

        assertThat(jlp("list", SELF)).isZero();
        assertThat(out.toString()).contains("PATCH", "faster  1.2      enabled");
        assertThat(jlp("events", SELF)).isZero();
        assertThat(out.toString()).contains("patched\n");
        assertThat(jlp("events", SELF, "--follow", "--json")).isZero();
        assertThat(out.toString()).endsWith("{\"seq\":1,\"event\":\"patched\"}\n");
    }

    private int jlp(String... words) throws IOException {
        try (ControlServer server = ControlServer.start(SocketPlace.folder(), agent)) {
            assertThat(server.socket()).exists();
            return Main.run(new PrintWriter(out), new PrintWriter(err), words);
        }
    }

    private JsonObject document() throws JsonParserException {
        return JsonParser.object().from(out.toString());
    }

    private String artifact() throws IOException {
        Path file = folder.resolve("faster.jlp");
        Files.write(file, PatchFile.write(patch()));
        return file.toString();
    }

    private static Patch patch() throws IOException {
        String sha = "0123456789abcdef".repeat(4);
        String name = LittleAgent.class.getName().replace('.', '/');
        byte[] bytes;
        try (InputStream file = CommandTest.class.getResourceAsStream("LittleAgent.class")) {
            bytes = Objects.requireNonNull(file).readAllBytes();
        }
        MethodPatch method = new MethodPatch(
                new MethodId("<init>", "()V"), "fp1:" + sha, "fp1:" + sha, true, List.of());
        Target target = new Target(
                "shop",
                new Target.Provenance("shop-1.jar", sha),
                new Target.Provenance("shop-2.jar", sha),
                List.of(new ClassPatch(name, bytes, bytes.clone(), List.of(method), "")),
                List.of());
        return new Patch(
                LittleAgent.PATCH,
                new Version("1.2"),
                Replace.SET,
                "default",
                List.of(),
                List.of(),
                List.of(target),
                List.of(),
                "jlp test");
    }
}
