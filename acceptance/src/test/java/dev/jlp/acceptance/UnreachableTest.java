package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Processes that no agent can be brought into: each is named, and none is hurt. */
@OnEveryJdk
final class UnreachableTest {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String STRANGER = "65534";

    private final Jdk jdk;
    private final Shop shop;

    UnreachableTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void a_jvm_that_is_gone_is_no_such_process() {
        String pid;
        try (TargetJvm jvm = TargetJvm.on(jdk).run()) {
            pid = jvm.pid();
            jvm.exit();
        }

        Harmless.fails(3, "status", pid).contains("there is no process " + pid);
        Harmless.fails(3, load(pid)).contains("there is no process " + pid);
    }

    @Test
    void a_jvm_that_takes_no_attaching_is_named_with_the_option_that_says_so() {
        try (TargetJvm jvm =
                shop.startable().option("-XX:+DisableAttachMechanism").run()) {
            Harmless.fails(3, load(jvm.pid())).contains("-XX:+DisableAttachMechanism");

            assertUntouched(jvm);
        }
    }

    /** The signal that attaching sends would end it. */
    @Test
    void a_jvm_that_leaves_signals_alone_is_not_sent_one() {
        try (TargetJvm jvm = shop.startable().option("-Xrs").run()) {
            Harmless.fails(3, load(jvm.pid())).contains("-Xrs");

            assertUntouched(jvm);
        }
    }

    /** The same signal would end a program that is no JVM. */
    @Test
    void a_process_that_is_no_jvm_is_not_sent_a_signal() throws IOException {
        Process program = new ProcessBuilder("cat").start();
        String pid = Long.toString(program.pid());
        try {
            Harmless.fails(3, load(pid)).contains("process " + pid + " is not a JVM");
            Harmless.fails(3, "status", pid).contains("process " + pid + " is not a JVM");

            assertThat(program.isAlive()).isTrue();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void a_jvm_of_another_user_is_refused() throws IOException {
        assumeTrue(isRoot(), "only root can be a second user");
        assumeTrue(Files.isExecutable(SETPRIV), "no " + SETPRIV);
        try (TargetJvm jvm = shop.startable().run()) {
            Exec refused = Exec.run(asStranger("load", jvm.pid(), readable(shop.patch())));

            Harmless.fails(3, refused).contains("belongs to another user");
            assertUntouched(jvm);
        }
    }

    @Test
    void an_agent_of_another_user_is_not_asked() throws IOException {
        assumeTrue(isRoot(), "only root can be a second user");
        assumeTrue(Files.isExecutable(SETPRIV), "no " + SETPRIV);
        try (TargetJvm jvm = shop.start()) {
            Exec refused = Exec.run(asStranger("status", jvm.pid()));

            Harmless.fails(3, refused).contains("belongs to another user");
            assertThat(new ControlClient(jvm).status().getArray("patches")).isEmpty();
        }
    }

    private String[] load(String pid) {
        return new String[] {"load", pid, shop.patch().toString()};
    }

    private static void assertUntouched(TargetJvm jvm) {
        assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        assertThat(jvm.ask("property jlp.agent")).isEqualTo("null");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** The command, copied to where everybody may read it. */
    private static List<String> asStranger(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SETPRIV.toString(),
                "--reuid=" + STRANGER,
                "--regid=" + STRANGER,
                "--clear-groups"));
        String jar = readable(Shipped.command());
        for (String word : Jlp.commandLine(arguments)) {
            command.add(word.equals(Shipped.command().toString()) ? jar : word);
        }
        return command;
    }

    private static String readable(Path file) throws IOException {
        Path open = Files.createTempFile("jlpa", ".jar");
        open.toFile().deleteOnExit();
        Files.write(open, Files.readAllBytes(file));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("r--r--r--"));
        return open.toString();
    }
}
