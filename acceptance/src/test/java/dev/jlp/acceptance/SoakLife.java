package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** One JVM of the soak, from its start to the proof that nothing is left of what went. */
final class SoakLife implements AutoCloseable {

    /** Rounds after which all that is made once has been made. */
    private static final int WARM_UP = 2;

    /** What comes and goes by itself: idle connections, their timer, threads that are just ending. */
    private static final int SLACK = 16;

    private final TargetJvm jvm;
    private final RandomRun run;
    private Map<String, Integer> early = Map.of();
    private int rounds;

    SoakLife(TargetJvm jvm, RandomPatches patches, long seed, int forcesOneIn) {
        this.jvm = jvm;
        run = new RandomRun(jvm, patches, seed, forcesOneIn);
    }

    int rounds() {
        return rounds;
    }

    boolean isWornOut() {
        return run.isWornOut();
    }

    void round() {
        run.round();
        rounds++;
        if (rounds == WARM_UP) {
            early = numbers(jvm.ask("resources"));
        }
    }

    /** What happened, as numbers by name; fails if something is left of it. */
    Map<String, Integer> end() {
        Map<String, Integer> all = new TreeMap<>(run.operations());
        all.putAll(numbers(jvm.ask("leave")));
        Awaitility.await("threads and files as few as in the beginning, " + early)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(this::verifyResources);
        all.putAll(numbers(jvm.ask("counts")));
        run.verifyUnharmed();
        return all;
    }

    private void verifyResources() {
        Map<String, Integer> late = numbers(jvm.ask("resources"));
        early.forEach((name, before) ->
                assertThat(late.get(name)).as(name).isLessThanOrEqualTo(before + SLACK));
    }

    private static Map<String, Integer> numbers(String line) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (String pair : line.split(" ", -1)) {
            String[] parts = pair.split("=", 2);
            numbers.put(parts[0], Integer.valueOf(parts[1]));
        }
        return numbers;
    }

    String story() {
        return run.story() + "\n" + jvm.talk();
    }

    @Override
    public void close() {
        run.close();
    }
}
