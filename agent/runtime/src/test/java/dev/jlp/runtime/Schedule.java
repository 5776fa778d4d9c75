package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One order of the steps of a few threads, of which one runs at a time. Each stops before every access to
 * what they share ({@link #point}); who goes on is a choice.
 */
public final class Schedule {

    /** Static, as the instrumented code has nothing else to start from. */
    static volatile @Nullable Schedule current;

    private final int[] given;
    private final Set<Long> met;
    private final Deque<int[]> toTry;
    private final List<Integer> taken = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final IdentityHashMap<Object, Map<String, Actor>> written = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Map<String, Actor>> read = new IdentityHashMap<>();
    private List<Actor> actors = List.of();
    private Supplier<String> state = () -> "";
    private volatile @Nullable Actor turn;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;
    private boolean cut;
    private boolean describing;

    Schedule(int[] given, Set<Long> met, Deque<int[]> toTry) {
        this.given = given;
        this.met = met;
        this.toTry = toTry;
    }

    /** What must not be. */
    public static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Broken(String what) {
            super(what);
        }
    }

    /** The rest of this order is known, or does not matter. */
    private static final class Cut extends Error {

        private static final long serialVersionUID = 1;

        Cut() {
            super("cut", null, false, false);
        }
    }

    /** A thread of the world. */
    public static final class Actor {

        private final String name;
        private final Set<String> writes;
        private final Runnable body;
        private final BooleanSupplier enabled;
        private volatile @Nullable Thread thread;
        private volatile boolean finished;
        private long seen;
        private int steps;

        public Actor(String name, Set<String> writes, BooleanSupplier enabled, Runnable body) {
            this.name = name;
            this.writes = writes;
            this.enabled = enabled;
            this.body = body;
        }

        /** What it does next depends on the state alone, and on what it reads from now on. */
        private void beginsAnew(int place) {
            seen = place;
            steps = 0;
        }

        public @Nullable Thread thread() {
            return thread;
        }

        public boolean isFinished() {
            return finished;
        }

        private String place() {
            return name + (finished ? " over" : " " + seen + " " + steps);
        }
    }

    public void describeBy(Supplier<String> description) {
        state = description;
    }

    void run(List<Actor> all, ExecutorService threads) {
        actors = all;
        CountDownLatch ended = new CountDownLatch(all.size());
        CountDownLatch begun = new CountDownLatch(all.size());
        for (Actor actor : all) {
            threads.execute(() -> {
                actor.thread = Thread.currentThread();
                begun.countDown();
                live(actor);
                ended.countDown();
            });
        }
        await(begun);
        passOn(null);
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void live(Actor actor) {
        try {
            awaitTurn(actor);
            actor.body.run();
            actor.finished = true;
            passOn(actor);
        } catch (Cut known) {
            wakeAll();
        } catch (Throwable broken) {
            fail(broken);
        }
    }

    private void fail(Throwable broken) {
        failure = broken instanceof Broken shown
                ? new Broken(shown.getMessage() + "\n  " + String.join("\n  ", story))
                : broken;
        wakeAll();
    }

    private void wakeAll() {
        over = true;
        for (Actor actor : actors) {
            LockSupport.unpark(actor.thread);
        }
    }

    private void awaitTurn(Actor actor) {
        while (turn != actor && !over) {
            LockSupport.park(this);
        }
        if (over) {
            throw new Cut();
        }
    }

    /** Chooses who goes on; null as present: nobody has begun. */
    private void passOn(@Nullable Actor present) {
        List<Actor> able = new ArrayList<>();
        for (Actor actor : actors) {
            if (!actor.finished && actor.enabled.getAsBoolean()) {
                able.add(actor);
            }
        }
        if (able.isEmpty()) {
            if (actors.stream().allMatch(actor -> actor.finished)) {
                wakeAll();
                return;
            }
            throw new Broken("all wait for one another");
        }
        Actor next = able.get(choose(able.size(), "who"));
        if (next != present) {
            turn = next;
            LockSupport.unpark(next.thread);
            if (present != null && !present.finished) {
                awaitTurn(present);
            }
        }
    }

    private int choose(int options, String question) {
        if (options == 1) {
            return 0;
        }
        int next = taken.size();
        if (next < given.length) {
            taken.add(given[next]);
            return given[next];
        }
        if (!met.add(digest(question))) {
            cut = true;
            throw new Cut();
        }
        int[] other = new int[next + 1];
        for (int i = 0; i < next; i++) {
            other[i] = taken.get(i);
        }
        for (int option = 1; option < options; option++) {
            int[] variant = Arrays.copyOf(other, other.length);
            variant[next] = option;
            toTry.push(variant);
        }
        taken.add(0);
        return 0;
    }

    private long digest(String question) {
        describing = true;
        StringBuilder text = new StringBuilder(question).append(state.get());
        describing = false;
        for (Actor actor : actors) {
            text.append('|').append(actor.place());
        }
        long digest = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            digest = digest * 0x9E3779B97F4A7C15L + text.charAt(i);
            digest ^= digest >>> 29;
        }
        return digest;
    }

    /** To be called before each access to what threads share. */
    public static void point(String what) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (now != null && mine != null) {
            mine.steps++;
            now.story.add(mine.name + ": " + what);
            now.passOn(mine);
        }
    }

    /**
     * The same before a read. What the reading thread alone writes needs no step: nobody else's step makes
     * a difference to it.
     */
    public static void read(String what) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (mine != null && !mine.writes.contains(what)) {
            point(what);
        }
    }

    /** Before a write. */
    public static void write(String what) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (mine != null && now != null) {
            if (now.actors.stream().anyMatch(other -> other != mine && other.writes.contains(what))
                    && !mine.writes.contains(what)) {
                throw new Broken("'" + what + "' has another writer: " + mine.name);
            }
            point(what);
        }
    }

    /** To be called with what was read. */
    public static void observed(long value) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (mine != null) {
            mine.seen = mine.seen * 31 + value;
        }
    }

    /** The same, of an object: whether there is one. */
    public static void found(@Nullable Object value) {
        observed(value == null ? 0 : 1);
    }

    /** Both answers are tried. */
    public static boolean either(String question) {
        Schedule now = current;
        if (now == null) {
            return false;
        }
        boolean yes = now.choose(2, question) == 1;
        now.story.add(question + ": " + yes);
        observed(yes ? 2 : 3);
        return yes;
    }

    /** An access to a field that is not volatile: two threads, one of which writes, may not both have one. */
    public static void plain(Object owner, boolean writes, String field) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (now == null || mine == null) {
            return;
        }
        Map<String, Actor> writers = now.written.computeIfAbsent(owner, any -> new HashMap<>());
        Map<String, Actor> readers = now.read.computeIfAbsent(owner, any -> new HashMap<>());
        Actor wrote = writers.get(field);
        Actor read = readers.put(field, mine);
        if (writes) {
            writers.put(field, mine);
        }
        if ((wrote != null && wrote != mine) || (writes && read != null && read != mine)) {
            throw new Broken("a race: '" + field + "' is not volatile, and is used by " + mine.name
                    + " and another thread");
        }
    }

    /** A new place in the script of the thread that calls: what it read before matters no more. */
    public static void beginsAnew(int place) {
        Schedule now = current;
        Actor mine = now == null ? null : now.mine();
        if (mine != null) {
            mine.beginsAnew(place);
        }
    }

    private @Nullable Actor mine() {
        Actor running = turn;
        return running != null && !describing && running.thread == Thread.currentThread()
                ? running
                : null;
    }

    boolean wasCut() {
        return cut;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    List<String> story() {
        return List.copyOf(story);
    }
}
