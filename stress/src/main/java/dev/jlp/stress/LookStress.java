package dev.jlp.stress;

import dev.jlp.bridge.JlpThread;
import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.bridge.JlpTransition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator's look against entering threads: real threads and the JVM's own traces, which the
 * actors of jcstress do not allow. A plain program with random timing, so it can only find faults, not
 * prove their absence.
 *
 * <p>The rule: every entry that begins after a look that counts is answered with the goal. Entries are
 * numbered, so that nothing but the trace itself orders the thread and the look.
 */
public final class LookStress {

    /** One processor is the coordinator's. */
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final int ENTRIES_AFTER = 8;
    private static final int LOOKS_MAX = 10_000;

    /** Which step comes too late. */
    private enum Broken {
        NOTHING,
        STAMP,
        ASKED
    }

    private final Broken broken;
    private final List<LookedAt> threads = new ArrayList<>();
    private int rounds;
    private long looks;
    private long counted;
    private long faults;
    private int random = 42;

    private LookStress(Broken broken) {
        this.broken = broken;
    }

    /** Arguments: seconds, and in the broken variants {@code stamp} or {@code asked}: until caught. */
    public static void main(String[] arguments) {
        long seconds = Long.parseLong(arguments[0]);
        Broken broken = arguments.length < 2
                ? Broken.NOTHING
                : Broken.valueOf(arguments[1].toUpperCase(java.util.Locale.ROOT));
        LookStress stress = new LookStress(broken);
        stress.run(TimeUnit.SECONDS.toNanos(seconds));
        System.out.println("look: broken " + broken + ", transitions " + stress.rounds + ", looks "
                + stress.looks + ", counted " + stress.counted + ", wrong answers "
                + stress.faults);
        boolean caught = stress.faults > 0;
        if (stress.counted == 0 || caught == (broken == Broken.NOTHING)) {
            System.out.println(caught ? "look: FAILED" : "look: FAILED, nothing was caught");
            System.exit(1);
        }
    }

    private void run(long nanos) {
        for (int i = 0; i < THREADS; i++) {
            LookedAt thread = new LookedAt("looked-at-" + i);
            threads.add(thread);
            thread.start();
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos && !(broken != Broken.NOTHING && faults > 0)) {
            round(++rounds);
        }
        LookedAt.over = true;
    }

    private void round(int id) {
        if (broken == Broken.STAMP) {
            JlpTransition late = JlpTransition.begin(id, LookedAt.AFFECTED);
            LookedAt.armedFor = id;
            List<Integer> seen = lookUnasked();
            pause();
            late.open();
            check(late, seen);
            late.end(true);
            return;
        }
        JlpTransition transition = JlpTransition.begin(id, LookedAt.AFFECTED);
        LookedAt.armedFor = id;
        transition.open();
        clearAll(transition);
        if ((id & 1) == 0) {
            transition.reverse();
            clearAll(transition);
        }
        transition.end(transition.goal());
    }

    private void clearAll(JlpTransition transition) {
        pause();
        List<Integer> seen = new ArrayList<>();
        for (LookedAt thread : threads) {
            seen.add(clear(transition, thread));
        }
        check(transition, seen);
    }

    /** Looks until a look counts; the number of the newest entry right after it. */
    private int clear(JlpTransition transition, LookedAt thread) {
        long id = JlpThreadIds.of(thread);
        for (int i = 0; i < LOOKS_MAX; i++) {
            @Nullable JlpThread known = transition.entered(id);
            if (known != null && broken != Broken.ASKED) {
                transition.ask(known);
            }
            boolean clean = isClean(transition, thread.getStackTrace());
            int newest = thread.entries();
            looks++;
            @Nullable JlpThread after = transition.entered(id);
            if (clean && (known != null || after == null)) {
                counted++;
                if (known != null) {
                    transition.ask(known);
                }
                return newest;
            }
            if (after != null) {
                transition.unask(after);
            }
            pause();
        }
        throw new IllegalStateException("'" + thread.getName() + "' is never clean");
    }

    private List<Integer> lookUnasked() {
        List<Integer> seen = new ArrayList<>();
        for (LookedAt thread : threads) {
            thread.getStackTrace();
            looks++;
            counted++;
            seen.add(thread.entries());
        }
        return seen;
    }

    private void check(JlpTransition transition, List<Integer> seen) {
        for (int i = 0; i < threads.size(); i++) {
            LookedAt thread = threads.get(i);
            int since = seen.get(i);
            while (thread.entries() - since < ENTRIES_AFTER) {
                Thread.onSpinWait();
            }
            if (thread.answeredSince(since, !transition.goal(), transition.id())) {
                faults++;
            }
        }
    }

    private static boolean isClean(JlpTransition transition, StackTraceElement[] trace) {
        for (StackTraceElement frame : trace) {
            if (transition.mayBeAffected(frame.getClassName(), frame.getMethodName())) {
                return false;
            }
        }
        return trace.length > 0;
    }

    private void pause() {
        random = random * 1_103_515_245 + 12_345;
        for (int i = random >>> 22; i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
