package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server under requests, class loading and unloading, exceptions, overflowing stacks, reflection and garbage,
 * patched at random, in JVMs of several kinds. Every response and every other nest of calls is judged.
 */
@OnEveryJdk
final class SoakTest {

    private static final long SEED = Long.getLong("jlp.acceptance.seed", 20_260_101);
    private static final String WANTED = System.getProperty("jlp.acceptance.flags", "");
    private static final int MINUTES = Integer.getInteger("jlp.acceptance.minutes", 0);
    private static final int ROUNDS = 5;
    private static final int FORCES_ONE_IN = MINUTES == 0 ? 2 : 12;

    private static final RandomPatches PATCHES = new RandomPatches();
    private static final RandomModel.Fix ALL_METHODS = RandomPatches.ALL.get(1);

    private final Jdk jdk;

    SoakTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wanted")
    void nothing_mixes_and_nothing_is_left_behind(SoakFlags flags) {
        Map<String, Integer> all = new TreeMap<>();
        long end = System.nanoTime() + share().toNanos();
        long seed = SEED;
        int rounds = 0;
        for (; rounds < ROUNDS || System.nanoTime() < end; seed++) {
            rounds += life(flags, seed, end, all);
        }
        System.out.println(
                jdk + " " + flags + ", seeds " + SEED + " to " + (seed - 1) + ": " + all);
    }

    static List<SoakFlags> wanted() {
        return Arrays.stream(SoakFlags.values())
                .filter(each -> WANTED.isEmpty()
                        ? MINUTES > 0 || each.isOfEachBuild()
                        : WANTED.equals(each.name()))
                .toList();
    }

    /** All kinds of all JDKs share the time. */
    private static Duration share() {
        long jvms = (long) wanted().size() * Jdks.present().size();
        return Duration.ofMinutes(MINUTES).dividedBy(jvms);
    }

    private int life(SoakFlags flags, long seed, long end, Map<String, Integer> all) {
        TargetJvm jvm = flags.run(RandomRun.startable(jdk), jdk, seed, PATCHES);
        try (SoakLife life = new SoakLife(jvm, PATCHES, seed, FORCES_ONE_IN)) {
            try {
                while (!life.isWornOut() && (life.rounds() < ROUNDS || System.nanoTime() < end)) {
                    life.round();
                }
                life.end().forEach((name, count) -> all.merge(name, count, Integer::sum));
                return life.rounds();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        jdk + " " + flags + ", round " + life.rounds() + "; 'acceptance/soak "
                                + seed
                                + " " + Math.max(1, MINUTES) + " " + flags.name()
                                + "' plays it again:\n" + life.story(),
                        failed);
            }
        }
    }

    @Test
    void a_plain_redefinition_is_seen_to_mix_in_every_kind_of_call() {
        TargetJvm.Start start = TargetJvm.on(jdk).testAgent();
        try (TargetJvm jvm = SoakFlags.G1.run(start, jdk, SEED, PATCHES)) {
            jvm.ask("allow 0 " + RandomModel.bodies(List.of(ALL_METHODS)));
            Awaitility.await("a mixture in every kind of call")
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> {
                        jvm.ask("redefine " + PATCHES.fixed(ALL_METHODS));
                        assertThat(jvm.ask("wrong").split(" ", -1))
                                .contains(
                                        "steady",
                                        "response",
                                        "response-brief",
                                        "thrown",
                                        "overflow",
                                        "reflected");
                    });
        }
    }
}
