package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs a small world again and again until every order of its steps was tried: depth first, and a state that
 * was met before is left at once.
 */
final class Interleavings {

    private final EntryWorlds world;
    private final Set<Long> met = new HashSet<>();
    private final ArrayDeque<int[]> toTry = new ArrayDeque<>();
    private long runs;
    private long whole;

    Interleavings(EntryWorlds world) {
        this.world = world;
    }

    /**
     * What was tried.
     *
     * @param states that had more than one next step
     * @param runs all of them
     * @param whole runs that came to their end; the others met a known state
     */
    record Tried(int states, long runs, long whole) {}

    /** Throws {@link Schedule.Broken} at the first state that must not be. */
    Tried all() {
        ExecutorService threads = Executors.newCachedThreadPool(body -> {
            Thread thread = new Thread(body, "interleaved");
            thread.setDaemon(true);
            return thread;
        });
        try {
            toTry.push(new int[0]);
            for (int[] next = toTry.poll(); next != null; next = toTry.poll()) {
                run(next, threads);
            }
        } finally {
            threads.shutdownNow();
        }
        return new Tried(met.size(), runs, whole);
    }

    private void run(int[] choices, ExecutorService threads) {
        Schedule schedule = new Schedule(choices, met, toTry);
        Schedule.current = schedule;
        List<Schedule.Actor> actors = world.begin(schedule);
        schedule.run(actors, threads);
        runs++;
        whole += schedule.wasCut() ? 0 : 1;
        @Nullable Throwable failure = schedule.failure();
        if (failure instanceof Schedule.Broken broken) {
            throw broken;
        }
        if (failure != null) {
            throw new AssertionError("the world broke after " + schedule.story(), failure);
        }
    }
}
