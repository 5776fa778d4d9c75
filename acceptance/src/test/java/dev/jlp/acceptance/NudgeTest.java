package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Threads that are parked inside a changed method, and would leave it if they looked again. */
@OnEveryJdk
final class NudgeTest {

    private static final String PATCH = "turnstile-fix";

    private static final Sources TURNSTILE = Sources.of("lib/Turnstile.java", """
            package lib;

            import dev.jlp.acceptance.programs.Gate;

            import java.util.concurrent.locks.LockSupport;

            public final class Turnstile {
                public static String rounds() {
                    while (!Gate.isOpen("out")) {
                        pass();
                    }
                    return "out";
                }

                static String pass() {
                    Gate.touch("turnstile");
                    LockSupport.park();
                    return "VERSION";
                }
            }
            """);

    private final Jdk jdk;
    private final Change change;

    NudgeTest(Jdk jdk) {
        this.jdk = jdk;
        change = Change.ofVersions(jdk, "turnstile", TURNSTILE);
    }

    @Test
    void with_unpark_parked_threads_are_woken_once_they_have_been_named() {
        try (TargetJvm jvm = start("nudge=unpark")) {
            ControlClient control = new ControlClient(jvm);
            park(jvm, "start platform");
            if (jdk.hasVirtualThreads()) {
                park(jvm, "start-virtual virtual");
            }

            control.load(change.patch(PATCH));

            control.awaitState(PATCH, "enabled");
            assertThat(control.events("signalling"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.get("detail").toString())
                            .contains("platform")
                            .contains(jdk.hasVirtualThreads() ? "virtual" : ""));
        }
    }

    @Test
    void without_a_word_nobody_is_woken() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            park(jvm, "start platform");

            control.load(change.patch(PATCH));

            control.await("signalling", status -> !control.events("signalling").isEmpty());
            control.call("force");
            control.awaitState(PATCH, "enabled");
            assertThat(control.events("forced"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.get("detail").toString()).contains("platform"));
            assertThat(jvm.ask("passed turnstile")).isEqualTo("1");
        }
    }

    @Test
    void an_unknown_word_keeps_the_agent_from_starting() {
        try (TargetJvm jvm = start("nudge=poke")) {
            jvm.awaitTalk("'nudge' is 'poke'", "'none' or 'unpark'");
            assertThat(jvm.ask("property jlp.agent")).startsWith("failed");
        }
    }

    private TargetJvm start(String... keys) {
        return TargetJvm.on(jdk).with(change.before()).agent(keys).run();
    }

    private static void park(TargetJvm jvm, String how) {
        String before = jvm.ask("passed turnstile");
        jvm.ask(how + " lib.Turnstile rounds");
        jvm.ask("arrived turnstile " + (Integer.parseInt(before) + 1));
    }
}
