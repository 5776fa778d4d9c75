package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that gives no more threads: commands are heard and carried out, or refused in plain words. */
@OnEveryJdk
final class NoThreadsTest {

    private static final String PATCH = Shop.PATCH;
    private static final String GREET = "call lib.Greeter greet";

    private final Jdk jdk;
    private final Shop shop;

    NoThreadsTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @Test
    void a_load_and_a_disable_need_none() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            Cramped cramped = Cramped.now(jvm);

            load(jvm).mustSucceed();
            assertThat(jvm.ask(GREET)).isEqualTo("after");
            Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
            assertThat(jvm.ask(GREET)).isEqualTo("before");
            load(jvm).mustSucceed();

            cramped.verify();
            assertThat(jvm.talk()).doesNotContain("\"patched\"");
            cramped.relieve();
            control.await(
                    "what was logged is passed on", status -> jvm.talk().contains("\"unpatched\""));
            assertThat(control.events("patched")).hasSize(2);
            verifyGoesOn(jvm);
        }
    }

    @Test
    void a_transition_is_shown_to_a_new_client_and_ends() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            Cramped cramped = Cramped.now(jvm);

            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out()).contains("sleeper");
            control.call("reverse");
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask(GREET)).isEqualTo("before");
            control.load(shop.patch());
            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask(GREET)).isEqualTo("after");
            cramped.verify();
            cramped.relieve();
            verifyGoesOn(jvm);
        }
    }

    @Test
    void while_the_agent_s_own_thread_is_taken_another_client_is_told_so() throws IOException {
        try (TargetJvm jvm = start()) {
            load(jvm).mustSucceed();
            Cramped cramped = Cramped.now(jvm);
            try (SocketChannel follower = follow(new ControlClient(jvm))) {
                assertThat(ControlClient.receive(follower).has("progress")).isTrue();

                JsonObject refused = Jlp.refused("status", jvm.pid());

                assertThat(refused.getInt("exit")).isEqualTo(1);
                assertThat(refused.getString("message"))
                        .contains("gives no more threads", "try again");
            }
            Awaitility.await("the follower's end is noticed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Jlp.run("status", jvm.pid()).exit() == 0);
            cramped.verify();
            cramped.relieve();
            verifyGoesOn(jvm);
        }
    }

    /** HotSpot's thread for those who attach can't be started: HotSpot ends itself where it is asked to. */
    @Test
    void a_jvm_that_would_not_survive_it_is_not_attached_to() {
        try (TargetJvm jvm = startWithoutAgent()) {
            Cramped cramped = Cramped.now(jvm);
            assertThat(Jlp.run("status", jvm.pid()).exit()).isEqualTo(3);

            Exec refused = load(jvm);

            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("may get no more threads", "address space");
            assertThat(jvm.ask(GREET)).isEqualTo("before");
            cramped.verify();
            cramped.relieve();
            load(jvm).mustSucceed();
            verifyGoesOn(jvm);
        }
    }

    @Test
    void an_agent_that_gets_no_threads_does_not_start_and_may_try_again() {
        try (TargetJvm jvm = startWithoutAgent()) {
            Exec.run(List.of(jdk.tool("jcmd").toString(), jvm.pid(), "VM.version"))
                    .mustSucceed();
            Cramped cramped = Cramped.now(jvm);

            for (int i = 0; i < 2; i++) {
                Exec refused = load(jvm);
                assertThat(refused.exit()).isEqualTo(3);
                assertThat(refused.err())
                        .contains("could not start", "unable to create native thread");
            }

            assertThat(jvm.ask("property jlp.socket")).isEqualTo("null");
            assertThat(jvm.ask(GREET)).isEqualTo("before");
            cramped.verify();
            cramped.relieve();
            load(jvm).mustSucceed();
            verifyGoesOn(jvm);
        }
    }

    @Test
    void a_callback_that_gets_no_thread_is_a_veto() {
        Sources sources = Sources.ofCorpus("scenario").replace("LIBRARY", "mod");
        Change mod = Change.of(
                jdk,
                "mod",
                sources.replace("VERSION", "original"),
                sources.replace("VERSION", "patched"));
        Path patch = mod.patch(
                "told",
                "--callbacks",
                "scenario.Told",
                "--classpath",
                Callbacks.jar(jdk).toString());
        try (TargetJvm jvm = TargetJvm.on(jdk)
                .with(mod.before())
                .option(Cramped.OPTIONS)
                .agent()
                .run()) {
            jvm.ask("call scenario.mod.Text read");
            Cramped cramped = Cramped.now(jvm);

            JsonObject refused = Jlp.refused("load", jvm.pid(), patch.toString());

            assertThat(refused.getInt("exit")).isEqualTo(9);
            assertThat(refused.getString("message")).contains("unable to create native thread");
            assertThat(jvm.ask("call scenario.mod.Text read")).isEqualTo("original");
            cramped.verify();
            cramped.relieve();
            Jlp.run("load", jvm.pid(), patch.toString()).mustSucceed();
            assertThat(jvm.ask("call scenario.mod.Text read")).isEqualTo("patched");
        }
    }

    private TargetJvm start() {
        TargetJvm jvm = shop.startable().option(Cramped.OPTIONS).agent().run();
        jvm.ask(GREET);
        return jvm;
    }

    private TargetJvm startWithoutAgent() {
        TargetJvm jvm = shop.startable().option(Cramped.OPTIONS).run();
        jvm.ask(GREET);
        return jvm;
    }

    private Exec load(TargetJvm jvm) {
        return Jlp.run("load", jvm.pid(), shop.patch().toString());
    }

    private void verifyGoesOn(TargetJvm jvm) {
        ControlClient control = new ControlClient(jvm);
        if (jvm.ask(GREET).equals("after")) {
            control.awaitState(PATCH, "enabled");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask(GREET)).isEqualTo("before");
        }
        control.load(shop.patch());
        control.awaitState(PATCH, "enabled");
        assertThat(jvm.ask(GREET)).isEqualTo("after");
    }

    private static SocketChannel follow(ControlClient control) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(control.socket()));
        JsonObject request = JsonObject.builder()
                .value("protocol", 1)
                .value("command", "events")
                .value("arguments", JsonObject.builder().value("follow", true).done())
                .done();
        ControlClient.send(channel, JsonWriter.string(request).getBytes(StandardCharsets.UTF_8));
        ControlClient.send(channel, new byte[0]);
        return channel;
    }
}
