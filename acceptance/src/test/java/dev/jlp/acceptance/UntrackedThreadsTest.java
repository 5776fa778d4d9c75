package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** A JVM that was told not to keep a list of its virtual threads. */
@OnEveryJdk
final class UntrackedThreadsTest {

    private static final String WARNING =
            "virtual threads can't be listed (jdk.trackAllThreads=false): nothing but force completes a transition";

    private final Shop shop;

    UntrackedThreadsTest(Jdk jdk) {
        assumeTrue(jdk.hasVirtualThreads(), "no virtual threads on " + jdk);
        shop = Shop.on(jdk);
    }

    @Test
    void a_load_says_so_and_completes_by_force_only() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);

            JsonObject loaded = control.load(shop.patch());

            assertThat(loaded.getArray("warnings").toString()).contains(WARNING);
            control.await("nobody is known to hold it", UntrackedThreadsTest::isHeldByNobody);
            control.call("force");
            control.awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void the_command_names_it_when_time_runs_out() {
        try (TargetJvm jvm = start()) {
            Exec late = Jlp.run("load", jvm.pid(), shop.patch().toString(), "--wait", "1s");

            assertThat(late.exit()).isEqualTo(8);
            assertThat(late.err())
                    .contains(
                            "still being reversed", "held by virtual threads that can't be listed");
            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out()).contains(WARNING);
            assertThat(Jlp.run("force", jvm.pid()).exit()).isEqualTo(10);
            new ControlClient(jvm).awaitState(Shop.PATCH, "disabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    private TargetJvm start() {
        TargetJvm jvm =
                shop.startable().option("-Djdk.trackAllThreads=false").agent().run();
        jvm.ask("call lib.Greeter greet");
        return jvm;
    }

    /** A round was made, and only what can't be seen is left. */
    private static boolean isHeldByNobody(JsonObject status) {
        JsonObject transition = status.getObject("transition");
        return transition.getInt("threads") > 0
                && transition.getInt("pending") == 0
                && status.getArray("blockers").isEmpty();
    }
}
