package dev.jlp.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Goes through every state that the small world can reach. Threads are alike, so their order does not
 * count; moments and threads are numbered, and what one thread can do in one moment is computed once.
 */
final class WorldWalk {

    /** Of a state's 64: three threads and a moment. */
    private static final int BITS = 16;

    private final WorldThreads threads;
    private final WorldOperations operations;
    private final int threadCount;

    private final Pool<Moment> moments = new Pool<>();
    private final Pool<ModelThread> kinds = new Pool<>();
    private final Map<Integer, int[]> threadSteps = new HashMap<>();
    private final Map<Integer, List<WorldOperations.Outcome>> outcomes = new HashMap<>();
    private final WorldStates states = new WorldStates();

    WorldWalk(WorldThreads threads, WorldOperations operations, int threadCount) {
        this.threads = threads;
        this.operations = operations;
        this.threadCount = threadCount;
    }

    /** Numbers for values. */
    private static final class Pool<T> {

        private final List<T> values = new ArrayList<>();
        private final Map<T, Integer> numbers = new HashMap<>();

        int number(T value) {
            return numbers.computeIfAbsent(value, unused -> {
                values.add(value);
                if (values.size() > (1 << BITS)) {
                    throw new IllegalStateException("the small world is too large");
                }
                return values.size() - 1;
            });
        }

        T get(int number) {
            return values.get(number);
        }
    }

    /** How many states there are; throws at the first that breaks an invariant. */
    int all() {
        int[] idle = new int[threadCount];
        Arrays.fill(idle, kinds.number(ModelThread.BORN.atRest()));
        add(moments.number(Moment.UNPATCHED), idle);
        for (int i = 0; i < states.size(); i++) {
            step(states.get(i));
        }
        return states.size();
    }

    private void add(int moment, int[] kindNumbers) {
        Arrays.sort(kindNumbers);
        long state = moment;
        for (int kind : kindNumbers) {
            state = (state << BITS) | kind;
        }
        states.add(state);
    }

    private void step(long state) {
        int moment = (int) (state >>> (BITS * threadCount));
        int[] present = new int[threadCount];
        for (int i = 0; i < threadCount; i++) {
            present[i] = (int) (state >>> (BITS * i)) & ((1 << BITS) - 1);
        }
        for (int i = 0; i < threadCount; i++) {
            for (int next : steps(moment, present[i])) {
                int[] all = present.clone();
                all[i] = next;
                add(moment, all);
            }
        }
        for (WorldOperations.Outcome outcome : outcomes(moment)) {
            apply(outcome, present);
        }
        completeIfDone(moments.get(moment), present);
    }

    private void completeIfDone(Moment moment, int[] present) {
        Moment.Course course = moment.course();
        boolean done = Arrays.stream(present).allMatch(kind -> kinds.get(kind).isDone());
        if (course != null && (done || course.transition().forced())) {
            apply(operations.complete(moment, course), present);
        }
    }

    private int[] steps(int moment, int kind) {
        return threadSteps.computeIfAbsent((moment << BITS) | kind, unused -> {
            Moment now = moments.get(moment);
            ModelThread thread = kinds.get(kind);
            WorldInvariants.thread(now, thread);
            if (now.course() != null) {
                WorldInvariants.canEnd(threads, now.course(), thread);
            }
            return new LinkedHashSet<>(threads.next(now, thread))
                    .stream()
                            .mapToInt(kinds::number)
                            .filter(next -> next != kind)
                            .toArray();
        });
    }

    private List<WorldOperations.Outcome> outcomes(int moment) {
        return outcomes.computeIfAbsent(moment, unused -> {
            Moment now = moments.get(moment);
            WorldInvariants.moment(now);
            List<WorldOperations.Outcome> next = operations.next(now);
            next.forEach(each -> WorldInvariants.pins(now.list(), each.moment().list()));
            return next;
        });
    }

    private void apply(WorldOperations.Outcome outcome, int[] present) {
        int[] all = Arrays.stream(present)
                .map(kind -> kinds.number(outcome.thread().apply(kinds.get(kind))))
                .toArray();
        add(moments.number(outcome.moment()), all);
    }
}
