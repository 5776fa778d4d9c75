package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.ReadyThread;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The one thread that owns everything: runs operations in the order in which they come, and in between
 * tries to complete the running transition, at first often, then once a second like the kernel.
 */
final class Worker {

    private static final long[] RETRY_MILLIS = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};
    private static final long[] SWEEP_MILLIS = {100, 1_000, 10_000};

    /** A definition that is still open after this many more sweeps has failed. */
    private static final int SWEEPS_MAX = 300;

    private static final long ROUND_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SIGNAL_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Application threads add to it, so there is no lock. */
    private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();
    /** Commands that wait for an answer; only they interrupt a round of looks. */
    private final AtomicInteger asked = new AtomicInteger();

    private volatile @Nullable Thread thread;

    private @Nullable Running tried;
    private int retries;
    private int sweeps = SWEEP_MILLIS.length;
    private int extraSweeps;
    private boolean signalled;
    private long lastNanos = System.nanoTime();

    private List<Chore> chores = List.of();

    /** Shows what is now, after a step. */
    private Runnable published = () -> {};

    /** Begins, on a thread that has nothing to do yet. */
    void start(
            ReadyThread ready,
            Livepatch livepatch,
            EventLog events,
            List<Chore> unasked,
            Runnable publish) {
        chores = unasked;
        published = publish;
        tasks.add(new FutureTask<>(Examiner::setUpReading, null)); // now, while there is memory
        thread = ready.begin(() -> run(livepatch, events));
    }

    /** Makes it look at its tasks and at the events. Never blocks. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Runs an operation and waits for its answer. */
    <T extends @Nullable Object> T call(Callable<T> operation) throws ControlProblem {
        FutureTask<T> task = new FutureTask<>(operation);
        asked.incrementAndGet();
        tasks.add(task);
        wake();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlProblem(
                    ErrorCode.EIO, "the agent was interrupted; ask for the status");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ControlProblem problem) {
                throw problem;
            }
            Contained.report("an operation broke", cause == null ? e : cause);
            throw new ControlProblem(ErrorCode.EIO, "an operation broke in the agent: " + cause);
        } finally {
            asked.decrementAndGet();
        }
    }

    /** As {@link #call}, and the running transition is tried at once afterwards. */
    <T extends @Nullable Object> T change(Callable<T> operation) throws ControlProblem {
        return call(() -> {
            T answer = operation.call();
            beginAnew();
            return answer;
        });
    }

    private void beginAnew() {
        retries = 0;
        sweeps = 0;
        extraSweeps = 0;
        signalled = false;
    }

    /** A transition that nobody asked for: a library brought its patch along. */
    private void beginAnewIfNew(@Nullable Running running) {
        if (running != null && running != tried) {
            beginAnew();
        }
        tried = running;
    }

    /** Never blocks: called on other agents' threads. */
    void later(Runnable step) {
        tasks.add(new FutureTask<>(
                () -> {
                    step.run();
                    sweeps = 0; // whatever it was, a class has come or changed
                    extraSweeps = 0;
                },
                null));
        wake();
    }

    /** How an operation waits for a callback: the worker goes on answering what comes meanwhile. */
    CallbackWait serving() {
        return new CallbackWait() {
            @Override
            public void await(CallbackRun run, long nanosMax) {
                serve(run, System.nanoTime() + nanosMax);
            }

            @Override
            public void wake() {
                Worker.this.wake();
            }
        };
    }

    private void serve(CallbackRun run, long endNanos) {
        long left = endNanos - System.nanoTime();
        while (!run.isOver() && left > 0) {
            FutureTask<?> task = next(left);
            if (task != null) {
                task.run();
            }
            left = endNanos - System.nanoTime();
        }
    }

    private void run(Livepatch livepatch, EventLog events) {
        while (true) {
            try {
                FutureTask<?> task = next(nanosUntilDue(livepatch));
                if (task != null) {
                    task.run();
                    beginAnewIfNew(livepatch.running());
                }
                if (nanosUntilDue(livepatch) <= 0) {
                    idle(livepatch);
                }
                events.take();
                if (tasks.isEmpty() && !livepatch.transitions().isMidRound()) {
                    published.run();
                }
            } catch (Throwable broken) {
                contain(broken);
            }
        }
    }

    /** A task, or null when something else is to be done. Whoever interrupts it only wakes it. */
    private @Nullable FutureTask<?> next(long nanosMax) {
        FutureTask<?> task = tasks.poll();
        if (task == null && nanosMax > 0) {
            LockSupport.parkNanos(this, nanosMax);
            task = tasks.poll();
        }
        Thread.interrupted();
        return task;
    }

    /** A step that breaks each time is tried as seldom as one that only fails. */
    private void contain(Throwable broken) {
        retries = Math.min(retries + 1, RETRY_MILLIS.length - 1);
        sweeps = Math.min(sweeps + 1, SWEEP_MILLIS.length);
        lastNanos = System.nanoTime();
        Contained.report("the worker broke a step and goes on", broken);
    }

    /** Time until something has to be done unasked: commands that keep coming must not put it off. */
    private long nanosUntilDue(Livepatch livepatch) {
        long now = System.nanoTime();
        World world = livepatch.world();
        if (livepatch.callbacks().hasLater()) {
            return 0;
        }
        long aside = Math.min(world.dueNanos() - now, world.api().nanosUntilClear(now));
        for (Chore chore : chores) {
            aside = Math.min(aside, chore.nanosUntilDue(now));
        }
        return Math.min(aside, nanosUntilStep(livepatch, now));
    }

    /** Time until the running transition is tried again, or late classes are looked for. */
    private long nanosUntilStep(Livepatch livepatch, long now) {
        boolean running = livepatch.running() != null;
        if (!running && sweeps >= SWEEP_MILLIS.length) {
            return Long.MAX_VALUE;
        }
        if (livepatch.transitions().isMidRound()) {
            return 0;
        }
        long pause = running ? RETRY_MILLIS[retries] : SWEEP_MILLIS[sweeps];
        return TimeUnit.MILLISECONDS.toNanos(pause) - (now - lastNanos);
    }

    /** A round of looks makes way for commands, but not before it has made some way itself. */
    private BooleanSupplier stopWhenAsked() {
        long start = System.nanoTime();
        return () -> asked.get() > 0 && System.nanoTime() - start > ROUND_NANOS_MIN;
    }

    private void idle(Livepatch livepatch) {
        livepatch.callbacks().runLater();
        livepatch.world().runIfDue();
        livepatch.world().api().clearIfDue();
        for (Chore chore : chores) {
            if (chore.runIfDue(System.nanoTime())) {
                beginAnew();
            }
        }
        if (nanosUntilStep(livepatch, System.nanoTime()) > 0) {
            return;
        }
        Running now = livepatch.running();
        if (now == null) {
            boolean open = livepatch.transitions().sweepAtRest();
            sweeps++;
            if (open && sweeps == 2 && extraSweeps < SWEEPS_MAX) {
                sweeps = 1;
                extraSweeps++;
            }
        } else if (livepatch.transitions().tryComplete(stopWhenAsked())) {
            sweeps = 0;
        } else {
            retries = Math.min(retries + 1, RETRY_MILLIS.length - 1);
            if (System.nanoTime() - now.startNanos > SIGNAL_NANOS) {
                signal(livepatch.transitions());
            }
        }
        lastNanos = System.nanoTime();
    }

    /** Kernel: {@code klp_send_signals}. */
    private void signal(Transitions transitions) {
        if (!signalled) {
            signalled = true;
            transitions.signal();
        }
        if (!transitions.isMidRound()) {
            transitions.nudge();
        }
    }
}
