package dev.jlp.acceptance.programs;

import java.lang.reflect.Method;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thread of the no-mixture program. The counters are written by that thread alone and read by
 * the one that sums them up.
 */
final class Worker implements Runnable {

    private static final int SLOW = 3;

    private final List<MixtureTarget.Library> libraries;
    private final Ledger ledger;
    private final Pace pace;
    private final Habit habit;
    private final SplittableRandom random;

    volatile long calls;
    volatile long mixed;
    volatile long old;
    volatile long fresh;
    /** Changes of version between one outermost call and the next, since the last mark. */
    volatile int flips;

    volatile int epoch;
    private int before;

    Worker(
            List<MixtureTarget.Library> libraries,
            Ledger ledger,
            Pace pace,
            long seed,
            Habit habit) {
        this.libraries = libraries;
        this.ledger = ledger;
        this.pace = pace;
        this.habit = habit;
        this.random = new SplittableRandom(seed);
        this.epoch = ledger.epoch();
    }

    @Override
    public void run() {
        pace.keep(habit, random, this::callOnce);
    }

    private void callOnce() {
        MixtureTarget.Library library = libraries.get(random.nextInt(libraries.size()));
        String name;
        if (habit == Habit.REFLECTIVE) {
            Method method = library.reflective.get(random.nextInt(library.reflective.size()));
            name = "reflective " + method.getName();
            account(name, () -> invoke(method));
        } else {
            name = library.names.get(pick(library.names.size()));
            account(name, library.entries.get(name));
        }
    }

    /** The first names are cheap, the last ones are slow and seldom taken. */
    private int pick(int size) {
        int cheap = size - SLOW;
        return random.nextInt(500) == 0 ? cheap + random.nextInt(SLOW) : random.nextInt(cheap);
    }

    void account(String name, Runnable entry) {
        int now = ledger.epoch();
        if (now != epoch) {
            flips = 0;
            before = 0;
            epoch = now;
        }
        Ran ran = Ran.current();
        ran.take();
        entry.run();
        note(name, ran.take());
    }

    // Each counter has one writer, the worker's own thread.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void note(String name, int versions) {
        calls++;
        if (versions == Ran.OLD) {
            old++;
        } else if (versions == Ran.NEW) {
            fresh++;
        } else {
            mixed++;
            ledger.mixture(name + " on " + Thread.currentThread().getName() + " (" + habit + ", "
                    + versions + ")");
            return;
        }
        if (before != 0 && before != versions) {
            flips++;
        }
        before = versions;
    }

    private static void invoke(Method method) {
        try {
            method.invoke(null);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
