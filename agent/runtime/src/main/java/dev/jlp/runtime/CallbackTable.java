package dev.jlp.runtime;

import dev.jlp.api.TargetInstance;
import dev.jlp.engine.Goal;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Whose callbacks have run where, and which run next. The lock is held to look and to move a stage, never
 * while a callback runs; {@code docs/concurrency.md}, section 6. Kernel counterpart: the calls of {@code
 * klp_pre_patch_callback} and its like, and {@code post_unpatch_enabled}.
 */
final class CallbackTable {

    private final CallbackCalls calls;
    private final CallbackWait ofWorker;
    private final Map<String, CalledPatch> patches = new LinkedHashMap<>();

    /** What the worker does when it is in the middle of nothing. */
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();

    CallbackTable(CallbackCalls calls, CallbackWait ofWorker) {
        this.calls = calls;
        this.ofWorker = ofWorker;
    }

    CallbackCalls calls() {
        return calls;
    }

    static boolean has(LoadedPatch patch) {
        return patch.patch().targets().stream().anyMatch(CallbackTable::has);
    }

    private static boolean has(Target target) {
        return !target.callbacks().isEmpty();
    }

    /**
     * Pre-patch of every instance, in order, until one says no. The worker calls this and what follows.
     *
     * @param previous versions of the states below this patch
     */
    void prePatch(LoadedPatch patch, Map<String, Integer> previous, Collection<Instance> instances)
            throws CallbackVeto {
        if (!has(patch)) {
            return;
        }
        CalledPatch called = new CalledPatch(patch, previous);
        synchronized (this) {
            patches.put(patch.name(), called);
        }
        for (Instance where : instances) {
            Target target = target(patch, where);
            CalledInstance one = has(target) ? add(called, target, where, "") : null;
            if (one != null && !prepare(one, TargetInstance.State.LIVE, previous, ofWorker)) {
                throw new CallbackVeto(one.veto);
            }
        }
    }

    private static Target target(LoadedPatch patch, Instance where) {
        return patch.patch().targets().stream()
                .filter(target -> target.name().equals(where.target()))
                .findFirst()
                .orElseThrow();
    }

    private synchronized @Nullable CalledInstance add(
            CalledPatch called, Target target, Instance where, String firstClass) {
        if (called.find(where) != null) {
            return null;
        }
        CalledInstance added = new CalledInstance(called.patch, target, where, firstClass);
        called.instances.add(added);
        return added;
    }

    /** Pre-patch of all its entries. Its stage is moved here; whether it may be patched is the answer. */
    private boolean prepare(
            CalledInstance called,
            TargetInstance.State state,
            @Nullable Map<String, Integer> previous,
            CallbackWait wait) {
        String why = callPrePatch(called, state, previous, wait);
        synchronized (this) {
            called.stage =
                    why == null ? CalledInstance.Stage.PREPARED : CalledInstance.Stage.VETOED;
            called.veto = why == null ? "" : why;
        }
        called.decided.countDown();
        return why == null;
    }

    private @Nullable String callPrePatch(
            CalledInstance called,
            TargetInstance.State state,
            @Nullable Map<String, Integer> previous,
            CallbackWait wait) {
        for (int i = 0; i < called.entries(); i++) {
            String why = calls.call(called, i, Callback.PRE_PATCH, state, previous, wait);
            if (why != null) {
                calls.vetoed(called, i, why);
                return "the callback '" + called.entry(i) + ".prePatch' for target '"
                        + called.where().target() + "' in loader '"
                        + called.where().loader().name() + "' " + why;
            }
            called.prepared = i + 1;
        }
        return null;
    }

    /** One of the others, of every entry that has returned from pre-patch. */
    private void call(
            CalledInstance called,
            Callback which,
            TargetInstance.State state,
            @Nullable Map<String, Integer> previous,
            CallbackWait wait) {
        for (int i = 0; i < called.prepared; i++) {
            String why = calls.call(called, i, which, state, previous, wait);
            if (why != null) {
                calls.failed(called, i, which, why);
            }
        }
    }

    /** Pre-unpatch of every instance that is patched. */
    void preUnpatch(LoadedPatch patch, Map<String, Integer> previous) {
        List<CalledInstance> moved = List.of();
        synchronized (this) {
            CalledPatch called = patches.get(patch.name());
            if (called != null) {
                called.previous = previous;
                moved = called.move(CalledInstance.Stage.PATCHED, CalledInstance.Stage.PREPARED);
            }
        }
        moved.forEach(each ->
                call(each, Callback.PRE_UNPATCH, TargetInstance.State.LIVE, previous, ofWorker));
    }

    /** The end of a transition: post-patch or post-unpatch of every instance that is prepared. */
    void complete(LoadedPatch patch, Goal goal) {
        CalledPatch called;
        Map<String, Integer> previous;
        List<CalledInstance> moved = new ArrayList<>();
        synchronized (this) {
            called = patches.get(patch.name());
            if (called == null) {
                return;
            }
            previous = called.previous;
            if (goal == Goal.PATCHED) {
                called.previous = null;
                moved.addAll(
                        called.move(CalledInstance.Stage.PREPARED, CalledInstance.Stage.PATCHED));
            } else {
                patches.remove(patch.name());
                moved.addAll(called.instances);
                moved.removeIf(each -> each.stage == CalledInstance.Stage.CALLING);
            }
        }
        Callback which = goal == Goal.PATCHED ? Callback.POST_PATCH : Callback.POST_UNPATCH;
        moved.forEach(each -> call(each, which, TargetInstance.State.LIVE, previous, ofWorker));
    }

    /** Replaced: none of its callbacks runs any more. */
    synchronized void drop(String patch) {
        patches.remove(patch);
    }

    /**
     * The first class of an instance is being defined by this thread, or another one. Pre-patch runs, and
     * post-patch unless a transition's end will do that. Called on application threads.
     *
     * @return why the instance must not be patched, if so
     */
    Optional<String> arrive(LoadedPatch patch, Target target, Instance where, String firstClass) {
        if (!has(target)) {
            return Optional.empty();
        }
        CalledPatch called;
        CalledInstance known;
        synchronized (this) {
            called = patches.get(patch.name());
            known = called == null ? null : called.find(where);
        }
        if (called == null) {
            return Optional.empty();
        }
        CalledInstance added = known == null ? add(called, target, where, firstClass) : null;
        if (added != null) {
            begin(called, added, TargetInstance.State.COMING, CallbackWait.OfArrival.INSTANCE);
            return veto(added);
        }
        CalledInstance others = known == null ? find(called, where) : known;
        return others == null ? Optional.empty() : await(others);
    }

    private synchronized @Nullable CalledInstance find(CalledPatch called, Instance where) {
        return called.find(where);
    }

    /** Pre-patch and what comes at once behind it, of an instance that was not there before. */
    private void begin(
            CalledPatch called,
            CalledInstance added,
            TargetInstance.State state,
            CallbackWait wait) {
        try {
            Map<String, Integer> previous = previous(called);
            String why = callPrePatch(added, state, previous, wait);
            Callback next = decide(called, added, why);
            if (next != null) {
                call(added, next, state, previous, wait);
            }
            if (next == Callback.POST_UNPATCH) {
                added.prepared = 0;
            }
        } finally {
            added.decided.countDown();
        }
    }

    private synchronized @Nullable Map<String, Integer> previous(CalledPatch called) {
        return called.previous;
    }

    /** What is to be called at once; null if the end of a transition calls what comes next. */
    private synchronized @Nullable Callback decide(
            CalledPatch called, CalledInstance added, @Nullable String why) {
        if (why != null) {
            added.stage = CalledInstance.Stage.VETOED;
            added.veto = why;
            return Callback.POST_UNPATCH; // of the entries before the one that said no
        }
        added.stage = CalledInstance.Stage.PREPARED;
        if (patches.get(called.patch.name()) != called) {
            return Callback.POST_UNPATCH; // the patch has gone meanwhile
        }
        if (called.isInTransition()) {
            return null;
        }
        added.stage = CalledInstance.Stage.PATCHED;
        return Callback.POST_PATCH;
    }

    private synchronized Optional<String> veto(CalledInstance called) {
        return called.stage == CalledInstance.Stage.VETOED
                ? Optional.of(called.veto)
                : Optional.empty();
    }

    /** Another thread has begun. The callback itself must not come here: it would wait for itself. */
    private Optional<String> await(CalledInstance others) {
        CallbackRun running = others.running;
        if (others.decided.getCount() != 0 && running != null && running.isMine()) {
            return Optional.of(CallbackLoader.COMING_RULE + ": the callback '" + running.what()
                    + "' defines a class of the target that it is called for");
        }
        awaitUninterruptibly(others.decided);
        return veto(others);
    }

    private static void awaitUninterruptibly(CountDownLatch decided) {
        boolean interrupted = false;
        while (decided.getCount() != 0) {
            try {
                decided.await();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether a class that the worker has found may be patched. If its instance is new, pre-patch runs as
     * soon as the worker is in the middle of nothing, and the class is looked at again.
     */
    boolean admits(LoadedPatch patch, Target target, Instance where) {
        if (!has(target)) {
            return true;
        }
        CalledPatch called;
        CalledInstance known;
        synchronized (this) {
            called = patches.get(patch.name());
            known = called == null ? null : called.find(where);
        }
        if (called == null) {
            return true;
        }
        if (known == null) {
            later.add(() -> beginLate(called, target, where));
            return false;
        }
        synchronized (this) {
            return known.stage == CalledInstance.Stage.PREPARED
                    || known.stage == CalledInstance.Stage.PATCHED;
        }
    }

    private void beginLate(CalledPatch called, Target target, Instance where) {
        CalledInstance added = add(called, target, where, "");
        if (added != null) {
            begin(called, added, TargetInstance.State.LIVE, ofWorker);
        }
    }

    /**
     * An instance's loader was collected.
     *
     * @param reverting says so, between the two callbacks
     */
    void leave(LoadedPatch patch, Instance where, Runnable reverting) {
        if (has(patch)) {
            later.add(() -> leaveNow(patch.name(), where, reverting));
        } else {
            reverting.run();
        }
    }

    private void leaveNow(String patch, Instance where, Runnable reverting) {
        remove(patch, where, TargetInstance.State.GOING, ofWorker, reverting);
    }

    /**
     * An arriving instance is refused by another patch: as if it left. Called on application threads.
     *
     * @param firstClass nothing is taken back unless it came with this class
     */
    void rollBack(LoadedPatch patch, Instance where, String firstClass, Runnable reverting) {
        CalledInstance found;
        synchronized (this) {
            CalledPatch called = patches.get(patch.name());
            found = called == null ? null : called.find(where);
        }
        if (found == null || !found.firstClass().equals(firstClass)) {
            reverting.run();
        } else {
            remove(
                    patch.name(),
                    where,
                    TargetInstance.State.COMING,
                    CallbackWait.OfArrival.INSTANCE,
                    reverting);
        }
    }

    private void remove(
            String patch,
            Instance where,
            TargetInstance.State state,
            CallbackWait wait,
            Runnable reverting) {
        CalledInstance found;
        Map<String, Integer> previous;
        boolean wasPatched;
        synchronized (this) {
            CalledPatch called = patches.get(patch);
            found = called == null ? null : called.find(where);
            previous = called == null ? null : called.previous;
            wasPatched = found != null && found.stage == CalledInstance.Stage.PATCHED;
            if (called != null && found != null) {
                called.instances.remove(found);
            }
        }
        if (found != null && wasPatched) {
            call(found, Callback.PRE_UNPATCH, state, previous, wait);
        }
        reverting.run();
        if (found != null) {
            call(found, Callback.POST_UNPATCH, state, previous, wait);
        }
    }

    /** Runs what touches the application's values in the same way as a callback. */
    void runAside(String what, Runnable body) {
        calls.runAside(
                what,
                () -> {
                    body.run();
                    return what;
                },
                ofWorker);
    }

    boolean hasLater() {
        return !later.isEmpty();
    }

    /** Runs what had to wait; the worker calls it between two operations. */
    void runLater() {
        for (Runnable step = later.poll(); step != null; step = later.poll()) {
            step.run();
        }
    }
}
