package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;

/** Libraries that bring their patch along. */
@OnEveryJdk
final class GraftTest {

    private static final String PATCH = Shop.PATCH;

    private final Shop shop;

    GraftTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void under_the_agent_a_grafted_library_is_patched_from_its_first_class_on() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).with(grafted()).agent().run()) {
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            ControlClient control = new ControlClient(jvm);
            control.awaitState(PATCH, "enabled");
            control.await("both are said", now -> control.events("applying").size() == 2);
            assertThat(events(control))
                    .containsSubsequence("enabling", "init-patch", "start-patch", "patched");
            assertThat(events(control).indexOf("applying"))
                    .isGreaterThan(events(control).indexOf("enabling"));
        }
    }

    @Test
    void a_grafted_patch_is_in_the_same_state_as_one_that_was_loaded() {
        JsonObject loaded;
        try (TargetJvm jvm = shop.startCold()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            jvm.ask("call lib.Greeter greet");
            loaded = control.awaitState(PATCH, "enabled").getArray("patches").getObject(0);
        }
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).with(grafted()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            JsonObject status = control.awaitState(PATCH, "enabled");
            JsonObject grafted = status.getArray("patches").getObject(0);

            loaded.remove("loaded");
            grafted.remove("loaded");
            assertThat(grafted).isEqualTo(loaded);
            assertThat(status.getArray("taint")).hasSize(1);
        }
    }

    @Test
    void it_is_disabled_and_loaded_again_like_any_other() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).with(grafted()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            control.awaitState(PATCH, "enabled");

            Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("before and before");
            jvm.ask("plug-in copy " + grafted());
            assertThat(jvm.ask("call copy:lib.Greeter greet")).isEqualTo("before");

            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call copy:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_plug_in_brings_its_patch_and_the_same_library_elsewhere_gets_it_too() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in plain " + shop.change().before());
            assertThat(jvm.ask("call plain:lib.Greeter greet")).isEqualTo("before");
            jvm.ask("plug-in first " + grafted());
            jvm.ask("plug-in second " + grafted());

            assertThat(jvm.ask("call first:lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call second:lib.Greeter greet")).isEqualTo("after");

            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call plain:lib.Greeter greet")).isEqualTo("after");
            assertThat(DepartureTest.loaders(control.status()))
                    .containsExactlyInAnyOrder("plain", "first", "second");
            assertThat(control.events("enabling")).hasSize(1);
        }
    }

    @Test
    void while_other_threads_hold_the_old_bodies_elsewhere_a_grafted_class_never_runs_one() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in plain " + shop.change().before());
            jvm.enter("sleeper", "plain:lib.Greeter", "hold", "hold");
            jvm.ask("plug-in graft " + grafted());
            assertThat(jvm.ask("call graft:lib.Greeter greet")).isEqualTo("after");
            control.await("the sleeper", now -> !now.getArray("blockers").isEmpty());

            assertThat(jvm.ask("call graft:lib.Late value")).isEqualTo("after and after");
            assertThat(jvm.ask("call graft:lib.Greeter greet")).isEqualTo("after");

            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call graft:lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void a_grafted_class_is_complete_while_the_patch_cannot_be_loaded_yet() {
        Parts parts = Parts.on(shop.jdk());
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            jvm.ask("held-resources held " + parts.loaderPath());
            jvm.ask("call held:user.User name");
            CompletableFuture<Exec> load = CompletableFuture.supplyAsync(
                    () -> Jlp.run("load", jvm.pid(), parts.patch().toString()));
            jvm.ask("arrived resources 1"); // the agent's worker, which loads grafts, too

            jvm.ask("plug-in graft " + grafted());
            assertThat(jvm.ask("call graft:lib.Late value")).isEqualTo("after and after");
            assertThat(jvm.ask("call graft:lib.Greeter greet")).isEqualTo("after");

            jvm.ask("open resources");
            load.join().mustSucceed();
            new ControlClient(jvm).awaitState(PATCH, "enabled");
        }
    }

    @Test
    void without_the_agent_it_is_the_plain_library() throws IOException {
        Path grafted = grafted();
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).with(grafted).run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
        Map<String, byte[]> entries = entries(grafted);
        entries(shop.change().before())
                .forEach((name, bytes) -> assertThat(entries.remove(name)).isEqualTo(bytes));
        assertThat(entries.keySet())
                .containsExactly("META-INF/jlp/graft/", "META-INF/jlp/graft/shop-fix.jlp");
        byte[] original = Files.readAllBytes(shop.change().before());
        int local = original.length / 2; // the directory is behind it
        assertThat(Arrays.copyOf(Files.readAllBytes(grafted), local))
                .isEqualTo(Arrays.copyOf(original, local));
        Exec.run(List.of(shop.jdk().tool("jar").toString(), "tf", grafted.toString()))
                .mustSucceed();
    }

    @Test
    void what_does_not_fit_is_refused_and_nothing_is_written() throws IOException {
        Path out = Workplace.fresh().resolve("out.jar");
        String patch = shop.patch().toString();
        String library = shop.change().before().toString();
        String fixed = shop.change().after().toString();

        Harmless.fails(4, "graft", Jars.ofPrograms().toString(), patch, "-o", out.toString())
                .contains("is not what 'shop-fix' was built for", "it has no class 'lib.");
        Harmless.fails(4, "graft", fixed, patch, "-o", out.toString())
                .contains("has the fix already");
        Harmless.fails(5, "graft", grafted().toString(), patch, "-o", out.toString())
                .contains("holds a patch already", "graft the original");
        Harmless.fails(2, "graft", library, patch, "-o", library).contains("the library itself");
        Harmless.fails(11, "graft", library, fixed, "-o", out.toString()).contains("not a patch");
        assertThat(out).doesNotExist();

        Files.writeString(out, "mine");
        Harmless.fails(5, "graft", library, patch, "-o", out.toString()).contains("exists");
        assertThat(out).hasContent("mine");
    }

    @Test
    void a_signed_library_is_refused() {
        Path signed = Workplace.fresh().resolve("shop.jar");
        Path keys = signed.resolveSibling("keys");
        tool(
                "keytool",
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "me",
                "-dname",
                "CN=me",
                "-storepass",
                "secret",
                "-keystore",
                keys.toString());
        tool(
                "jarsigner",
                "-keystore",
                keys.toString(),
                "-storepass",
                "secret",
                "-signedjar",
                signed.toString(),
                shop.change().before().toString(),
                "me");

        Path out = signed.resolveSibling("out.jar");
        Harmless.fails(5, "graft", signed.toString(), shop.patch().toString(), "-o", out.toString())
                .contains("is signed");
        assertThat(out).doesNotExist();
    }

    private void tool(String name, String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(shop.jdk().tool(name).toString());
        command.addAll(List.of(arguments));
        Exec.run(command).mustSucceed();
    }

    private Path grafted() {
        Path out = Workplace.fresh().resolve("shop%grafted.jar"); // not as it stands in a URL
        Jlp.run(
                        "graft",
                        shop.change().before().toString(),
                        shop.patch().toString(),
                        "-o",
                        out.toString())
                .mustSucceed();
        return out;
    }

    private static List<String> events(ControlClient control) {
        return control.call("events").getArray("events").stream()
                .map(event -> ((JsonObject) event).getString("event"))
                .toList();
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .forEach(each -> entries.put(each.getName(), Jars.read(jar, each.getName())));
        }
        return entries;
    }
}
