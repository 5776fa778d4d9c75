package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** What is told of a thread that holds a transition back. */
@OnEveryJdk
final class BlockerTest {

    private static final Sources TILL = Sources.of("till/Till.java", """
            package till;

            import dev.jlp.acceptance.programs.Gate;

            public final class Till {
                private static final Object LOCK = new Object();

                public static String hold() {
                    synchronized (LOCK) {
                        Gate.pass("till");
                        return "VERSION";
                    }
                }

                public static String open() {
                    synchronized (LOCK) {
                        return "VERSION";
                    }
                }
            }
            """);

    private final Jdk jdk;

    BlockerTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_thread_at_a_monitor_is_told_with_the_monitor_and_its_owner() {
        Change change = Change.ofVersions(jdk, "till", TILL);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("holder", "till.Till", "hold", "till");
            jvm.ask("start waiter till.Till open");
            control.load(change.patch("till-fix"));

            JsonObject status = control.await(
                    "the waiter waits for the holder's monitor",
                    now -> waiter(now).getString("lock_owner", "").equals("holder"));

            assertThat(waiter(status).getString("lock")).startsWith("java.lang.Object@");
            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out())
                    .containsPattern(
                            "waits for java.lang.Object@\\w+, which thread 'holder' #\\d+ holds");
            jvm.ask("open till");
            control.awaitState("till-fix", "enabled");
        }
    }

    private static JsonObject waiter(JsonObject status) {
        return status.getArray("blockers").stream()
                .map(JsonObject.class::cast)
                .filter(blocker -> "waiter".equals(blocker.getString("thread")))
                .findFirst()
                .orElseGet(JsonObject::new);
    }
}
