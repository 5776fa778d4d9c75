package dev.jlp.runtime;

import dev.jlp.bridge.JlpThread;
import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.bridge.JlpTransition;
import dev.jlp.engine.BatchSize;
import dev.jlp.engine.Finding;
import dev.jlp.engine.Look;
import dev.jlp.engine.StackCheck;
import dev.jlp.runtime.Looks.Seen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until every thread is in the goal's universe: counts those that settled by themselves and looks
 * at the stacks of the others. Used by the worker only. Kernel counterpart: {@code
 * klp_try_complete_transition}.
 */
final class Switching {

    private final JlpTransition transition;
    private final PlatformThreads platform;
    private final VirtualThreads virtual;
    private final Looks looks;
    private final StackCheck check;
    private final BatchSize batch;

    private final Set<Long> cleared = new HashSet<>();
    private final Map<Long, Look> earlier = new HashMap<>();
    private final Map<Long, Blocker> blockers = new HashMap<>();
    private final ArrayDeque<Seen> open = new ArrayDeque<>();
    private int left;
    private long watermark;
    private int threads;
    private int pending;
    private long batchNanosMax;
    private boolean turned;
    private boolean renewed;
    private int renewals;

    Switching(
            JlpTransition transition,
            PlatformThreads platform,
            VirtualThreads virtual,
            Looks looks,
            long pauseNanosMax) {
        this.transition = transition;
        this.platform = platform;
        this.virtual = virtual;
        this.looks = looks;
        this.batch = new BatchSize(pauseNanosMax);
        this.check = new StackCheck(
                frame -> transition.mayBeAffected(frame.getClassName(), frame.getMethodName()),
                looks.traceDepthMax());
        beginEpoch();
    }

    /** To be called when everything is armed, and after each reversal: looks from before prove nothing. */
    private void beginEpoch() {
        cleared.clear();
        earlier.clear();
        open.clear();
        watermark = JlpThreadIds.of(new Thread(null, null, "jlp-watermark"));
    }

    /** Everything is armed: threads may settle from now on, and looks count. */
    void open() {
        transition.open();
        beginEpoch();
    }

    /** Turns the transition round. */
    void reverse() {
        transition.reverse();
        turned = true;
        renewed = false;
        beginEpoch();
    }

    /**
     * Something was armed late: its old body may be on the stack of anybody, settled or not, so everybody's
     * stack has to be seen clean again.
     */
    void renew() {
        transition.renew();
        renewed = true;
        renewals++;
        beginEpoch();
    }

    /**
     * Goes through all threads; a round that was interrupted goes on where it stopped, so that none is
     * reached too seldom. One that broke proves nothing.
     *
     * @param interrupted asked between batches; true ends the attempt early
     * @return whether every thread is known to be in the goal's universe
     */
    boolean pass(BooleanSupplier interrupted) {
        boolean broken = true;
        try {
            if (open.isEmpty()) {
                beginRound();
            }
            boolean whole = lookAtOpen(interrupted);
            pending = left + open.size();
            broken = false;
            return whole && left == 0 && Jvm.tracksVirtualThreads();
        } finally {
            if (broken) {
                open.clear(); // who was in hand is in no count: the next round begins anew
            }
        }
    }

    boolean isMidRound() {
        return !open.isEmpty();
    }

    private void beginRound() {
        left = 0;
        transition.forgetEnded();
        Set<Long> alive = new HashSet<>();
        for (Thread thread : platform.all()) {
            addIfPending(Seen.of(thread), alive);
        }
        for (Thread thread : virtual.all()) {
            addIfPending(Seen.of(thread), alive);
        }
        threads = alive.size();
        for (JlpThread known : transition.entered()) {
            // In no list of the JVM: an agent's native thread. It has to settle by itself.
            if (!alive.contains(known.id()) && known.isAlive() && !isDone(known.id())) {
                left++;
            }
        }
        blockers.keySet().retainAll(alive);
        earlier.keySet().retainAll(alive);
    }

    private void addIfPending(Seen seen, Set<Long> alive) {
        alive.add(seen.id());
        if (isDone(seen.id())) {
            blockers.remove(seen.id());
        } else if (isWhereItWas(seen)) {
            left++;
        } else if (ThreadFacts.state(seen.thread()) == Thread.State.RUNNABLE) {
            open.addLast(seen); // gives it time to settle by itself
        } else {
            open.addFirst(seen);
        }
    }

    /** A thread that has not run since it was found to be a blocker still is one; a look stops it for nothing. */
    private boolean isWhereItWas(Seen seen) {
        Look last = earlier.get(seen.id());
        Blocker blocker = blockers.get(seen.id());
        return last != null
                && blocker != null
                && blocker.finding().kind() != Finding.Kind.CLEAR
                && looks.wouldShowTheSame(seen, last);
    }

    /** Born in this epoch, settled in it, or cleared by a look in it. */
    private boolean isDone(long id) {
        if (id > watermark || cleared.contains(id)) {
            return true;
        }
        return hasSettled(transition.entered(id));
    }

    private boolean hasSettled(@Nullable JlpThread known) {
        return !renewed && known != null && known.hasSettled(transition.stamp());
    }

    /** Answers false if it was interrupted. */
    private boolean lookAtOpen(BooleanSupplier interrupted) {
        while (!open.isEmpty()) {
            if (interrupted.getAsBoolean()) {
                return false;
            }
            int size = looks.areAlone() ? 1 : batch.next();
            List<Seen> some = new ArrayList<>();
            while (some.size() < size && !open.isEmpty()) {
                addIfStillPending(open.remove(), some);
            }
            if (some.isEmpty()) {
                continue;
            }
            Set<Long> asked = ask(some);
            long start = System.nanoTime();
            List<@Nullable Look> seen = looks.at(some);
            long nanos = System.nanoTime() - start;
            batch.took(some.size(), nanos);
            batchNanosMax = Math.max(batchNanosMax, nanos);
            judge(some, seen, asked);
        }
        return true;
    }

    /** It may have settled by itself since the round began: a busy thread does, and is slow to stop. */
    private void addIfStillPending(Seen seen, List<Seen> some) {
        if (isDone(seen.id())) {
            blockers.remove(seen.id());
        } else {
            some.add(seen);
        }
    }

    private Set<Long> ask(List<Seen> some) {
        Set<Long> asked = new HashSet<>();
        for (Seen seen : some) {
            JlpThread known = transition.entered(seen.id());
            if (known != null) {
                transition.ask(known);
                asked.add(seen.id());
            }
        }
        return asked;
    }

    private void judge(List<Seen> some, List<@Nullable Look> looks, Set<Long> asked) {
        for (int i = 0; i < some.size(); i++) {
            Look look = looks.get(i);
            if (look != null && !isSettledBy(some.get(i), look, asked)) {
                left++;
            }
        }
    }

    private boolean isSettledBy(Seen seen, Look look, Set<Long> asked) {
        long id = seen.id();
        JlpThread known = transition.entered(id);
        // Entered for the first time while we looked: nobody had asked it, its back-off may be
        // running.
        boolean provesNothing = known != null && !asked.contains(id);
        Finding finding = check.judge(earlier.get(id), look);
        if (seen.thread() == Thread.currentThread() && finding.kind() == Finding.Kind.UNSURE) {
            return clear(id); // our own trace is exact
        }
        if (!provesNothing && finding.kind() == Finding.Kind.CLEAR) {
            return clear(id);
        }
        if (turned && !renewed && wasNeverAway(known, look, finding)) {
            return clear(id);
        }
        if (known != null) {
            transition.unask(known);
        }
        earlier.put(id, look);
        blockers.merge(id, Blocker.of(seen, look, finding), Blocker::stillThere);
        return hasSettled(known);
    }

    /**
     * After a reversal: a thread inside an old body that had not switched is where it has to be, unless it
     * is just choosing.
     */
    private boolean wasNeverAway(@Nullable JlpThread known, Look look, Finding finding) {
        boolean choosing = look.frames().stream().anyMatch(frame -> isBridge(frame.getClassName()));
        boolean universe = known != null && known.universe(transition.stamp());
        return finding.kind() == Finding.Kind.ON_STACK
                && !choosing
                && universe == transition.goal();
    }

    private static boolean isBridge(String className) {
        return className.startsWith("java.lang.Jlp") || className.startsWith("dev.jlp.bridge.");
    }

    private boolean clear(long id) {
        cleared.add(id);
        earlier.remove(id);
        blockers.remove(id);
        return true;
    }

    /**
     * A parked thread that wakes for no reason looks at what it waits for, and may pass the end of a changed
     * method on its way. One that has run on since keeps a permit: its next park returns at once.
     */
    void unparkBlockers() {
        for (Blocker blocker : blockers.values()) {
            if (blocker.look().isParked()) {
                LockSupport.unpark(blocker.seen().thread());
            }
        }
    }

    /** Threads that hold the transition back: those inside its methods first, then the longest first. */
    List<Blocker> blockers() {
        return blockers.values().stream()
                .sorted(Comparator.comparing(
                                (Blocker blocker) -> blocker.finding().kind())
                        .thenComparing(Blocker::sinceNanos))
                .toList();
    }

    /** Live threads at the last pass. */
    int threads() {
        return threads;
    }

    /** How often all began anew, as a class had its bodies late. */
    int renewals() {
        return renewals;
    }

    /** Those that were not done at the end of the last pass. */
    int pending() {
        return pending;
    }

    /** Longest batch so far, Java code around it included: an upper bound of the pause. */
    long batchNanosMax() {
        return batchNanosMax;
    }

    /** For {@code jlp threads}: whether it is done, and the universe it is in. */
    ThreadView view(long id) {
        JlpThread known = transition.entered(id);
        boolean universe = known != null && known.universe(transition.stamp());
        boolean done = isDone(id);
        return new ThreadView(done ? transition.goal() : universe, done, blockers.get(id));
    }

    /**
     * One thread's place in the transition.
     *
     * @param universe true for new
     * @param done it is in the goal's universe, or will be at its next entry
     * @param blocker what holds it
     */
    record ThreadView(
            boolean universe, boolean done, @Nullable Blocker blocker) {}

    /**
     * A thread that isn't done.
     *
     * @param seen the thread
     * @param look the last look at it
     * @param finding why it isn't done
     * @param sinceNanos when it was first found, on the JVM's clock
     */
    record Blocker(Seen seen, Look look, Finding finding, long sinceNanos) {

        static Blocker of(Seen seen, Look look, Finding finding) {
            return new Blocker(seen, look, finding, System.nanoTime());
        }

        Blocker stillThere(Blocker later) {
            return new Blocker(later.seen, later.look, later.finding, sinceNanos);
        }
    }
}
