package dev.jlp.acceptance;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Operations at random, against threads and loaders that come and go; a failure gives its seed. */
@OnEveryJdk
final class RandomTest {

    private static final long SEED = Long.getLong("jlp.acceptance.seed", 20_260_101);
    private static final int ROUNDS = 10;
    private static final Duration TIME =
            Duration.ofMinutes(Integer.getInteger("jlp.acceptance.minutes", 0));

    /** A JVM gets no older, so that a failure can be played again in reasonable time. */
    private static final int ROUNDS_OF_A_LIFE = 40;

    private static final RandomPatches PATCHES = new RandomPatches();

    private final Jdk jdk;

    RandomTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void whatever_is_done_the_bodies_and_the_status_are_those_of_the_rule() {
        long end = System.nanoTime() + TIME.toNanos();
        int rounds = 0;
        for (long seed = SEED; rounds < ROUNDS || System.nanoTime() < end; seed++) {
            rounds += life(seed, TIME.isZero() ? ROUNDS : ROUNDS_OF_A_LIFE);
        }
    }

    private int life(long seed, int roundsMax) {
        TargetJvm jvm = RandomRun.startable(jdk)
                .option("-Xmx256m")
                .run("RandomTarget", Long.toString(seed), PATCHES.original().toString());
        try (RandomRun run = new RandomRun(jvm, PATCHES, seed, 1)) {
            int rounds = 0;
            try {
                while (rounds < roundsMax && !run.isWornOut()) {
                    run.round();
                    rounds++;
                }
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        jdk + ", seed " + seed + ", round " + rounds + "; 'acceptance/random "
                                + seed + "' plays it again:\n" + run.story(),
                        failed);
            }
            System.out.println(jdk + ", seed " + seed + ", " + rounds + " rounds: " + run.stats());
            return rounds;
        }
    }
}
