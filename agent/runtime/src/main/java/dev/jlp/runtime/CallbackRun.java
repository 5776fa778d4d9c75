package dev.jlp.runtime;

import dev.jlp.api.CallbackThread;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Code of an author on a thread of its own, which nobody waits for longer than was agreed. The thread's
 * type is of the API, so this class is touched only where a patch has callbacks or states.
 */
final class CallbackRun {

    /** Static: the agent's own, whatever group the thread that begins a run is of. */
    private static final ThreadGroup GROUP = systemGroup();

    private final CallbackThread thread;
    private final CountDownLatch over = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();
    private final String what;
    private volatile @Nullable Throwable thrown;

    private CallbackRun(
            String name, String what, ClassLoader context, Callable<?> body, Runnable atEnd) {
        this.what = what;
        this.thread = new CallbackThread(GROUP, () -> run(body, atEnd), name, context);
    }

    /**
     * Begins. In a JVM that gives no more threads it is over at once, as if the code had thrown that.
     *
     * @param name of the thread
     * @param what in words, for people
     * @param context class loader of the thread
     * @param body the code
     * @param atEnd called behind it, on its thread
     */
    static CallbackRun start(
            String name, String what, ClassLoader context, Callable<?> body, Runnable atEnd) {
        CallbackRun run = new CallbackRun(name, what, context, body, atEnd);
        try {
            run.thread.start();
        } catch (OutOfMemoryError noThread) {
            run.thrown = noThread;
            run.over.countDown();
        }
        return run;
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void run(Callable<?> body, Runnable atEnd) {
        try {
            body.call();
        } catch (Throwable byAuthor) {
            thrown = byAuthor;
        } finally {
            over.countDown();
            atEnd.run();
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    CountDownLatch over() {
        return over;
    }

    /** What the code threw; null if it returned. */
    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** Nobody waits any more: what it calls of ours throws from now on. */
    void abandon() {
        thread.abandon();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    String threadName() {
        return thread.getName();
    }

    /** Number of the thread, as the JVM's management knows it. */
    @SuppressWarnings("deprecation") // threadId is newer than 17
    long threadId() {
        return thread.getId();
    }

    /** Whether it waits without limit, for a lock perhaps. */
    boolean isBlocked() {
        Thread.State state = thread.getState();
        return state == Thread.State.BLOCKED || state == Thread.State.WAITING;
    }

    /** Whether this thread runs the code. */
    boolean isMine() {
        return Thread.currentThread() == (Object) thread;
    }

    String what() {
        return what;
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static ThreadGroup systemGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup up = group.getParent(); up != null; up = up.getParent()) {
            group = up;
        }
        return group;
    }
}
