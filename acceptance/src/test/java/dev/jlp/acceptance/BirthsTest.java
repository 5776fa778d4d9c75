package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import dev.jlp.acceptance.RandomModel.Fix;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * Threads that are born all the time, in executors, futures, parallel streams and a server that gives each
 * request one of its own, while patches come, are turned round, replaced, and go.
 */
@OnEveryJdk
final class BirthsTest {

    private static final RandomPatches PATCHES = new RandomPatches();
    private static final Fix FIRST = RandomPatches.ALL.get(0);
    private static final Fix SECOND = RandomPatches.ALL.get(1);

    private final Jdk jdk;

    BirthsTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void whoever_is_born_runs_whole_versions_and_no_request_fails() {
        try (TargetJvm jvm = TargetJvm.on(jdk)
                .option("-Xmx256m") // loaders go, for good
                .agent()
                .run("RandomTarget", "1", PATCHES.original().toString())) {
            ControlClient control = new ControlClient(jvm);
            verify(jvm, control, List.of());

            jvm.ask("hold first");
            load(jvm, control, List.of(), FIRST);
            control.call("reverse");
            jvm.ask("release first");
            control.awaitState(FIRST.name(), "disabled");
            verify(jvm, control, List.of());

            load(jvm, control, List.of(), FIRST);
            control.awaitState(FIRST.name(), "enabled");
            verify(jvm, control, List.of(FIRST));

            load(jvm, control, List.of(FIRST), SECOND);
            control.awaitState(SECOND.name(), "enabled");
            verify(jvm, control, List.of(SECOND));

            allow(jvm, List.of(SECOND), List.of());
            control.disable(SECOND.name());
            control.awaitState(SECOND.name(), "disabled");
            verify(jvm, control, List.of());
        }
    }

    private static void load(TargetJvm jvm, ControlClient control, List<Fix> before, Fix fix) {
        allow(jvm, before, List.of(fix));
        control.load(PATCHES.artifact(fix));
    }

    private static void allow(TargetJvm jvm, List<Fix> before, List<Fix> after) {
        jvm.ask("allow " + RandomModel.bodies(before) + " " + RandomModel.bodies(after));
    }

    /** From now on these bodies and no others, in threads of every kind. */
    private void verify(TargetJvm jvm, ControlClient control, List<Fix> inForce) {
        allow(jvm, inForce, inForce);
        assertThat(jvm.ask("each " + String.join(" ", kinds())))
                .as("exposed %s, arrived %s", control.events("exposed"), lately(control))
                .contains(" wrong=0 ");
    }

    /** The last arrivals before a failure, to be read with it. */
    private static List<JsonObject> lately(ControlClient control) {
        List<JsonObject> arrived = control.events("applying");
        return arrived.subList(Math.max(0, arrived.size() - 20), arrived.size());
    }

    private List<String> kinds() {
        List<String> kinds = new ArrayList<>(
                List.of("THREADS", "EXECUTOR", "FUTURES", "STREAM", "SERVER", "arriving"));
        if (jdk.hasVirtualThreads()) {
            kinds.add("VIRTUAL_EXECUTOR");
        }
        return kinds;
    }
}
