package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Callbacks that behave badly, and what they may ask for. What they do as told is in the scenarios. */
@OnEveryJdk
final class CallbacksTest {

    private static final String LIMIT = "callback-limit=300ms";
    private static final String READ = "call scenario.mod.Text read";

    private static final Map<Jdk, Change> MODS = new ConcurrentHashMap<>();
    private static final Map<Jdk, Path> PATCHES = new ConcurrentHashMap<>();

    private final Jdk jdk;
    private final Change mod;
    private final Path patch;
    private final TargetJvm jvm;
    private final ControlClient control;

    CallbacksTest(Jdk jdk) {
        this.jdk = jdk;
        mod = MODS.computeIfAbsent(jdk, CallbacksTest::change);
        patch = PATCHES.computeIfAbsent(jdk, any -> patch("told"));
        jvm = TargetJvm.on(jdk).agent(LIMIT).with(mod.before()).run();
        control = new ControlClient(jvm);
    }

    private static Change change(Jdk jdk) {
        Sources sources = Sources.ofCorpus("scenario").replace("LIBRARY", "mod");
        return Change.of(
                jdk,
                "mod",
                sources.replace("VERSION", "original"),
                sources.replace("VERSION", "patched"));
    }

    private Path patch(String name, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--callbacks",
                "scenario.Told",
                "--classpath",
                Callbacks.jar(jdk).toString()));
        return mod.patch(name, all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        jvm.close();
    }

    @Test
    void the_command_says_with_exit_9_that_a_callback_said_no() {
        jvm.ask(READ);
        jvm.ask("set tell.pre-patch throw");

        JsonObject error = Jlp.refused("load", jvm.pid(), patch.toString());

        assertThat(error.getInt("exit")).isEqualTo(9);
        assertThat(error.getString("message"))
                .contains("'scenario.Told.prePatch' for target 'mod' in loader 'app'")
                .contains("as told");
    }

    @Test
    void one_object_is_kept_from_the_first_callback_to_the_last() {
        loadAndDisable();

        assertThat(jvm.ask("property told.post-unpatch")).isEqualTo("LIVE 4");
    }

    @Test
    void a_pre_patch_that_hangs_is_a_veto() {
        jvm.ask(READ);
        jvm.ask("set tell.pre-patch hang gate");

        assertThatThrownBy(() -> control.load(patch))
                .isInstanceOf(ControlClient.Refused.class)
                .hasMessageContaining("ECANCELED (9)")
                .hasMessageContaining("overran 300 ms");
        assertThat(jvm.ask(READ)).isEqualTo("original");
    }

    @Test
    void a_callback_whose_class_does_not_verify_is_a_veto() {
        Path torn = Jars.write(
                Workplace.fresh().resolve("torn.jar"), Map.of("scenario/Torn.class", torn()));
        Path damaged =
                mod.patch("torn", "--callbacks", "scenario.Torn", "--classpath", torn.toString());
        jvm.ask(READ);

        assertThatThrownBy(() -> control.load(damaged))
                .isInstanceOf(ControlClient.Refused.class)
                .hasMessageContaining("ECANCELED (9)")
                .hasMessageContaining("VerifyError");

        assertThat(control.status().getArray("patches")).isEmpty();
        assertThat(jvm.ask(READ)).isEqualTo("original");
    }

    /** Takes from an empty stack. */
    private static byte[] torn() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                "scenario/Torn",
                null,
                "java/lang/Object",
                new String[] {"dev/jlp/api/Callbacks"});
        MethodVisitor constructor =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitInsn(Opcodes.POP);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void an_abandoned_callback_is_listed_as_long_as_it_lives_and_keeps_its_patch_away() {
        jvm.ask(READ);
        jvm.ask("set tell.pre-patch hang gate");
        assertThatThrownBy(() -> control.load(patch)).isInstanceOf(ControlClient.Refused.class);

        assertThat(control.events("callback-abandoned")).hasSize(1);
        assertThat(control.status().getArray("callbacks")).hasSize(1);
        assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out())
                .contains(
                        "callback 'scenario.Told.pre-patch' of 'told' for target mod in loader app:"
                                + " abandoned, its thread 'jlp-callback-told' #");
        assertThatThrownBy(() -> control.load(patch)).hasMessageContaining("EEXIST");
        assertThat(Jlp.run("doctor", jvm.pid(), patch.toString()).out())
                .contains("callbacks of patch 'told' were abandoned and still run");

        jvm.ask("set tell.pre-patch count");
        jvm.ask("open gate");
        control.await("it is gone", status -> status.getArray("callbacks").isEmpty());
        control.load(patch);
        control.awaitState("told", "enabled");
    }

    @Test
    void what_an_abandoned_callback_asks_for_fails() {
        jvm.ask(READ);
        jvm.ask("set tell.pre-patch hang gate");
        assertThatThrownBy(() -> control.load(patch)).isInstanceOf(ControlClient.Refused.class);

        jvm.ask("open gate");

        control.await("it is gone", status -> status.getArray("callbacks").isEmpty());
        assertThat(jvm.ask("property told.pre-patch"))
                .contains("IllegalStateException")
                .contains("this callback was abandoned");
    }

    @Test
    void a_patch_whose_last_callback_hangs_is_disabled_and_can_not_be_unloaded() {
        jvm.ask("set tell.post-unpatch hang gate");
        loadAndDisable();

        assertThatThrownBy(() -> control.unload("told"))
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("still run");
        jvm.ask("open gate");
        control.await("it is gone", status -> status.getArray("callbacks").isEmpty());
        control.unload("told");
    }

    @Test
    void a_callback_that_throws_when_it_may_not_say_no_counts_as_done() {
        jvm.ask(READ);
        jvm.ask("set tell.post-patch throw");

        control.load(patch);

        control.awaitState("told", "enabled");
        assertThat(control.events("callback-failed")).hasSize(1);
    }

    @Test
    void a_callback_that_loads_another_patch_is_answered_and_nothing_hangs() {
        TargetJvm patient =
                TargetJvm.on(jdk).agent("callback-limit=60s").with(mod.before()).run();
        try (patient) {
            patient.ask(READ);
            List<String> command =
                    Jlp.commandLine("load", patient.pid(), patch("other").toString());
            patient.ask("set tell.pre-patch run " + String.join(" ", command));

            ControlClient client = new ControlClient(patient);
            client.load(patch);

            client.awaitState("told", "enabled");
            assertThat(patient.ask("property told.pre-patch")).isEqualTo("exit 6"); // busy
        }
    }

    @Test
    void a_thread_that_a_callback_starts_lives_on_and_holds_nobody_up() {
        jvm.ask("set tell.pre-patch thread gate");
        loadAndDisable();

        assertThat(jvm.ask("property told.pre-patch")).isEqualTo("started-by-callback");
        control.unload("told");
    }

    @Test
    void a_callback_of_an_arriving_target_that_uses_its_classes_is_told_the_rule() {
        jvm.ask("set tell.pre-patch use");
        control.load(patch);
        control.awaitState("told", "waiting");

        assertThat(jvm.ask(READ)).isEqualTo("patched");
        assertThat(jvm.ask("property told.pre-patch")).contains("coming-loads-no-class");
    }

    @Test
    void a_callback_of_an_arriving_target_that_asks_its_loader_is_stopped_by_the_rule() {
        jvm.ask("set tell.pre-patch ask scenario.mod.Text");
        control.load(patch);
        control.awaitState("told", "waiting");

        jvm.answer(READ);

        List<JsonObject> failed = control.events("pre-patch-failed");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).getString("detail")).contains("coming-loads-no-class");
    }

    @Test
    void private_members_of_the_target_can_be_used() {
        jvm.ask(READ);
        jvm.ask("set tell.post-patch make scenario.mod.Text");
        jvm.ask("set tell.pre-unpatch make dev.jlp.acceptance.programs.Gate");

        loadAndDisable();

        assertThat(jvm.ask("property told.post-patch")).startsWith("scenario.mod.Text@");
        assertThat(jvm.ask("property told.pre-unpatch"))
                .startsWith("dev.jlp.acceptance.programs.Gate@"); // the same loader here
    }

    @Test
    void members_of_other_classes_are_not_given_away() {
        jvm.ask("set tell.post-patch make java.lang.Runtime");

        loadAndDisable();

        assertThat(jvm.ask("property told.post-patch"))
                .contains("IllegalArgumentException")
                .contains("java.lang.Runtime is not of the loader of target 'mod'");
    }

    @Test
    void the_previous_state_can_be_asked_for_while_a_transition_runs() {
        jvm.ask(READ);
        control.load(patch("first", "--state", "s:3"));
        control.awaitState("first", "enabled");
        jvm.ask("set tell.post-patch previous s");

        control.load(patch("second", "--state", "s:4"));

        control.awaitState("second", "enabled");
        assertThat(jvm.ask("property told.post-patch")).isEqualTo("OptionalInt[3]");
    }

    @Test
    void the_previous_state_can_not_be_asked_for_at_rest() {
        jvm.ask("set tell.post-patch previous s");
        control.load(patch);
        control.awaitState("told", "waiting");

        jvm.ask(READ);

        assertThat(jvm.ask("property told.post-patch")).contains("no transition runs");
    }

    @Test
    void a_state_that_goes_backwards_is_refused_before_any_callback() {
        jvm.ask(READ);
        control.load(patch("first", "--state", "s:3"));
        control.awaitState("first", "enabled");

        assertThatThrownBy(() -> control.load(patch("second", "--state", "s:2")))
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("not compatible");
        assertThat(control.events("pre-patch")).hasSize(1);
    }

    @Test
    void a_dry_run_calls_nobody() {
        jvm.ask(READ);

        control.load(patch, JsonObject.builder().value("dry-run", true).done());

        assertThat(control.events("pre-patch")).isEmpty();
    }

    private void loadAndDisable() {
        jvm.ask(READ);
        control.load(patch);
        control.awaitState("told", "enabled");
        control.disable("told");
        Awaitility.await("the end of the disable")
                .atMost(Duration.ofMinutes(1))
                .until(() -> control.events("unpatched").size() == 1);
    }
}
