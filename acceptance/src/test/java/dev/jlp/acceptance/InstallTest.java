package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;

/** Installed patches are there before the first class of the program is. */
@OnEveryJdk
final class InstallTest {

    private final Shop shop;
    private final Installation installation = new Installation();

    InstallTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void the_first_class_of_a_target_is_defined_patched() {
        installation.install(shop.patch());

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            new ControlClient(jvm).awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.talk()).doesNotContain("jlp: ");
        }
    }

    @Test
    void an_uninstalled_patch_is_not_loaded_and_running_jvms_keep_it() {
        installation.install(shop.patch());
        try (TargetJvm before = start()) {
            installation.jlp("uninstall", Shop.PATCH).mustSucceed();

            try (TargetJvm after = start()) {
                assertThat(after.ask("call lib.Greeter greet")).isEqualTo("before");
            }
            assertThat(before.ask("call lib.Greeter greet")).isEqualTo("after");
        }
        assertThat(installation.jlp("uninstall", Shop.PATCH).exit()).isEqualTo(5);
    }

    @Test
    void other_content_under_the_same_name_has_to_be_newer() throws IOException {
        Path second = shop.change().patch(Shop.PATCH, "--version", "2");
        installation.install(second);

        Exec older = installation.jlp("install", shop.patch().toString());

        assertThat(older.exit()).isEqualTo(5);
        assertThat(older.err()).contains("version 2, is installed", "not newer");
        Path third = shop.change().patch(Shop.PATCH, "--version", "3");
        JsonObject done = installation.install(third);
        assertThat(done.getString("done")).isEqualTo("replaced");
        assertThat(done.getString("before")).isEqualTo("2");
        assertThat(installation.patches().resolve(Shop.PATCH + ".jlp"))
                .hasSameBinaryContentAs(third);
    }

    @Test
    void what_is_no_patch_is_not_installed() throws IOException {
        Path garbage = Files.writeString(Workplace.fresh().resolve("garbage.jlp"), "garbage");

        assertThat(installation.jlp("install", garbage.toString()).exit()).isEqualTo(11);

        assertThat(installation.patches()).doesNotExist();
    }

    @Test
    void patches_are_loaded_in_the_order_in_which_they_were_installed() {
        Path base = shop.change().patch("z-first", "--replace-set", "shop");
        Path next = shop.change().patch("a-second", "--replace-set", "shop");
        installation.install(base);
        installation.install(next);

        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(ControlClient.stateOf(control.status(), "z-first")).isEqualTo("replaced");
            assertThat(ControlClient.stateOf(control.status(), "a-second")).isEqualTo("waiting");
        }
    }

    @Test
    void a_bad_file_costs_itself_and_is_reported() throws IOException {
        installation.install(shop.patch());
        Files.writeString(installation.patches().resolve("bad.jlp"), "garbage");

        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            jvm.awaitTalk("bad.jlp' is not loaded: EBADMSG");
            assertThat(control.events("refused"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("patch")).isEqualTo("bad.jlp"));
            assertThat(Jlp.run("list", jvm.pid()).mustSucceed().out())
                    .contains("installed but not loaded", "bad.jlp");
        }
    }

    @Test
    void the_program_s_logging_is_not_set_up_before_the_program_does_it() throws IOException {
        installation.install(shop.patch());
        Path classes = Workplace.fresh().resolve("classes.txt");
        TargetJvm.Start start = shop.startable()
                .agent(installation.keys())
                .option("-Xlog:class+load:file=" + classes + ":uptimenanos");

        try (TargetJvm jvm = start.run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            assertThat(new ControlClient(jvm).events("applying")).isNotEmpty();

            List<String> lines = Files.readAllLines(classes);
            long begun = loadedSeconds(lines, "dev.jlp.runtime.EventRelay").orElseThrow();
            for (String type : List.of(
                    "java.util.logging.LogManager$RootLogger",
                    "com.sun.jmx.mbeanserver.JmxMBeanServer")) {
                // On a slow machine this test may take longer than they are kept waiting.
                assertThat(loadedSeconds(lines, type).orElse(Long.MAX_VALUE))
                        .isGreaterThanOrEqualTo(begun + 9);
            }
        }
    }

    @Test
    void a_patch_that_the_list_refuses_costs_itself() {
        Path other = shop.change().patch("other-set", "--replace-set", "other");
        installation.install(shop.patch());
        installation.install(other);

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            jvm.awaitTalk("'other-set'", "EINVAL");
            assertThat(new ControlClient(jvm).events("refused")).hasSize(1);
        }
    }

    @Test
    void a_folder_that_others_may_write_to_is_not_read() throws IOException {
        installation.install(shop.patch());
        Files.setPosixFilePermissions(
                installation.patches(), PosixFilePermissions.fromString("rwxrwxrwx"));

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            jvm.awaitTalk("may be written to by other users");
        }
    }

    @Test
    void a_file_that_others_may_write_to_is_not_loaded() throws IOException {
        installation.install(shop.patch());
        Files.setPosixFilePermissions(
                installation.patches().resolve(Shop.PATCH + ".jlp"),
                PosixFilePermissions.fromString("rw-rw-rw-"));

        try (TargetJvm jvm = start()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            jvm.awaitTalk("shop-fix.jlp", "may be written to by other users");
        }
    }

    @Test
    void no_folder_is_read_if_the_key_says_none() {
        installation.install(shop.patch());

        try (TargetJvm jvm =
                shop.startable().agent(installation.keys("patches=none")).run()) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void an_agent_that_is_attached_loads_nothing_unasked() {
        installation.install(shop.patch());
        TargetJvm.Start late = shop.startable().option("-Djlp.state=" + installation.state());
        try (TargetJvm jvm = late.run()) {
            Jlp.run("doctor", jvm.pid()).mustSucceed();

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            assertThat(List.copyOf(new ControlClient(jvm).status().getArray("patches")))
                    .isEmpty();
        }
    }

    /** When the JVM loaded a class, in seconds since its start. */
    private static OptionalLong loadedSeconds(List<String> lines, String type) {
        return lines.stream()
                .filter(line -> line.contains("] " + type + " "))
                .mapToLong(line ->
                        Long.parseLong(line.substring(1, line.indexOf("ns]"))) / 1_000_000_000)
                .findFirst();
    }

    private TargetJvm start() {
        return shop.startable().agent(installation.keys()).run();
    }
}
