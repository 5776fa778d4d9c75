package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.acceptance.MixtureProgram.Counts;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** The promise: between two switch points a thread never runs old and new bodies in a mixture. */
@OnEveryJdk
final class NoMixtureTest {

    private static final String PATCH = "mixture";
    private static final int CYCLES = Integer.getInteger("jlp.acceptance.cycles", 2);
    private static final long CALLS = Long.getLong("jlp.acceptance.calls", 2_000_000);
    private static final long SEED = Long.getLong("jlp.acceptance.seed", 20_260_101);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Jdk jdk;
    private final MixtureProgram program;

    NoMixtureTest(Jdk jdk) {
        this.jdk = jdk;
        program = MixtureProgram.compile(jdk);
    }

    @Test
    void one_plain_redefinition_of_all_classes_does_mix() {
        try (TargetJvm jvm = program.start(TargetJvm.on(jdk).testAgent(), SEED)) {
            awaitCounts(jvm, counts -> counts.calls() > 20_000);

            Counts after = awaitCounts(jvm, counts -> {
                jvm.ask("redefine");
                return counts.mixed() > 0;
            });

            assertThat(after.mixed())
                    .as("a control that shows nothing proves nothing")
                    .isPositive();
        }
    }

    @Test
    void loading_reversing_and_disabling_never_mixes() {
        Path patch = program.patch(PATCH);
        try (TargetJvm jvm = program.start(TargetJvm.on(jdk).agent(), SEED)) {
            ControlClient control = new ControlClient(jvm);
            awaitCounts(jvm, counts -> counts.calls() > 20_000);
            for (int cycle = 0;
                    cycle < CYCLES || MixtureProgram.counts(jvm).calls() < CALLS;
                    cycle++) {
                reversedLoad(jvm, control, patch);
                wholeLoad(jvm, control, patch);
                reversedDisable(jvm, control);
                wholeDisable(jvm, control);
            }
            Counts end = MixtureProgram.counts(jvm);
            System.out.println(jdk + ": " + end);
            assertThat(end.calls()).isGreaterThanOrEqualTo(CALLS);
        }
    }

    private void reversedLoad(TargetJvm jvm, ControlClient control, Path patch) {
        jvm.ask("mark");
        jvm.ask("hold");
        control.load(patch);
        awaitMoreCalls(jvm, 2_000);
        control.call("reverse");
        jvm.ask("release");
        control.awaitState(PATCH, "disabled");
        verify(jvm, 2);
    }

    private void wholeLoad(TargetJvm jvm, ControlClient control, Path patch) {
        jvm.ask("mark");
        control.load(patch);
        control.awaitState(PATCH, "enabled");
        verify(jvm, 1);
        Counts settled = MixtureProgram.counts(jvm);
        Counts later = awaitMoreCalls(jvm, 5_000);
        assertThat(later.old() - settled.old())
                .as("calls of old bodies once the patch is enabled")
                .isZero();
    }

    private void reversedDisable(TargetJvm jvm, ControlClient control) {
        jvm.ask("mark");
        jvm.ask("hold");
        control.disable(PATCH);
        awaitMoreCalls(jvm, 2_000);
        control.call("reverse");
        jvm.ask("release");
        control.awaitState(PATCH, "enabled");
        verify(jvm, 2);
    }

    private void wholeDisable(TargetJvm jvm, ControlClient control) {
        jvm.ask("mark");
        control.disable(PATCH);
        control.awaitState(PATCH, "disabled");
        verify(jvm, 1);
        Counts settled = MixtureProgram.counts(jvm);
        Counts later = awaitMoreCalls(jvm, 5_000);
        assertThat(later.fresh() - settled.fresh())
                .as("calls of new bodies once the patch is disabled")
                .isZero();
    }

    private static void verify(TargetJvm jvm, int flipsMax) {
        Counts counts = awaitMoreCalls(jvm, 2_000);
        assertThat(counts.mixed()).as("mixtures: %s", counts.examples()).isZero();
        assertThat(counts.flips()).as("switches of one thread").isLessThanOrEqualTo(flipsMax);
    }

    private static Counts awaitMoreCalls(TargetJvm jvm, long more) {
        long start = MixtureProgram.counts(jvm).calls();
        return awaitCounts(jvm, counts -> counts.calls() >= start + more);
    }

    private static Counts awaitCounts(TargetJvm jvm, Predicate<Counts> enough) {
        return Awaitility.await("the workers' calls")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> MixtureProgram.counts(jvm), enough);
    }
}
