package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

/** Threads of the agent that get no processor: everything of theirs is late, and nothing is wrong. */
@OnEveryJdk
final class StarvedTest {

    private static final String PATCH = Shop.PATCH;
    private static final String GREET = "call lib.Greeter greet";

    private final Shop shop;

    StarvedTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_transition_without_its_worker_stays_open_and_the_program_runs() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            CompletableFuture<Exec> status;
            try (HeldThreads held = HeldThreads.of(jvm, "jlp-worker")) {
                jvm.ask("open hold");
                assertThat(jvm.ask("join sleeper")).isEqualTo("before");
                assertThat(jvm.ask(GREET)).isEqualTo("after");
                assertThat(jvm.ask("call lib.Late value")).isEqualTo("after and after");
                assertThat(note(jvm)).contains("did not answer within");
                status = CompletableFuture.supplyAsync(() -> Jlp.run("status", jvm.pid()));
                assertThat(note(jvm)).contains("did not answer within");
                held.verify();
                assertThat(status).isNotDone();
            }

            assertThat(status.join().mustSucceed().out()).contains(PATCH);
            control.awaitState(PATCH, "enabled");
            assertThat(control.events("patched")).hasSize(1);
            assertThat(jvm.ask(GREET)).isEqualTo("after");
            assertThat(note(jvm)).isEmpty();
        }
    }

    @Test
    void a_command_that_nobody_hears_is_carried_out_once_when_somebody_does() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            control.status();
            CompletableFuture<Exec> load;
            try (HeldThreads held = HeldThreads.of(jvm, "jlp-")) {
                load = CompletableFuture.supplyAsync(
                        () -> Jlp.run("load", jvm.pid(), shop.patch().toString()));
                assertThat(note(jvm)).contains("did not answer within");
                assertThat(jvm.ask(GREET)).isEqualTo("before");
                held.verify();
                assertThat(load).isNotDone();
            }

            load.join().mustSucceed();
            assertThat(control.events("enabling")).hasSize(1);
            assertThat(jvm.ask(GREET)).isEqualTo("after");
            Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
            assertThat(jvm.ask(GREET)).isEqualTo("before");
        }
    }

    @Test
    void events_that_nobody_passes_on_keep_no_load_waiting() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(PATCH, "enabled");
            jvm.awaitTalk("\"patched\"");
            try (HeldThreads held = HeldThreads.of(jvm, "jlp-events")) {
                Jlp.run("disable", jvm.pid(), PATCH).mustSucceed();
                assertThat(control.events("unpatched")).hasSize(1);
                assertThat(jvm.talk()).doesNotContain("\"unpatched\"");
                held.verify();
            }

            jvm.awaitTalk("\"unpatched\"");
        }
    }

    /** What {@code ps} says of a JVM; empty if nothing is wrong. */
    private static String note(TargetJvm jvm) {
        return Jlp.json("ps").getArray("jvms").stream()
                .map(JsonObject.class::cast)
                .filter(each -> jvm.pid().equals(String.valueOf(each.get("pid"))))
                .map(each -> each.getString("note"))
                .findFirst()
                .orElseThrow();
    }
}
