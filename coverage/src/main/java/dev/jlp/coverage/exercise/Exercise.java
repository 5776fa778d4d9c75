package dev.jlp.coverage.exercise;

import dev.jlp.coverage.exercise.Interpreter.Ready;
import dev.jlp.coverage.exercise.Plan.Call;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes calls, each on a thread of its own and within a time, and says what came of them. */
final class Exercise {

    private static final long STACK = 1 << 20;

    private final Interpreter interpreter;
    private final Views views;
    private final long millis;

    Exercise(Plan plan, ClassLoader loader, long millis) {
        this.interpreter = new Interpreter(loader);
        this.views = new Views(plan.views());
        this.millis = millis;
    }

    /** What was made for a call, or the text of what was thrown instead. */
    record Kept(@Nullable Ready ready, String failure) {}

    /** Makes what the call works on, and calls. */
    String run(Call call) throws InterruptedException {
        return within(() -> outcome(made(call)), ResultFile.LATE);
    }

    /** Makes what the call works on. */
    Kept keep(Call call) throws InterruptedException {
        return within(() -> made(call), new Kept(null, ResultFile.LATE));
    }

    /** Calls with what was made before. */
    String use(Kept kept) throws InterruptedException {
        return within(() -> outcome(kept), ResultFile.LATE);
    }

    private Kept made(Call call) {
        // Whatever a library throws is a result.
        try {
            return new Kept(interpreter.ready(call.invocation()), "");
        } catch (InvocationTargetException thrown) {
            return new Kept(null, ResultFile.UNREACHED + Rendered.thrown(thrown.getCause()));
        } catch (Exception | Error thrown) {
            return new Kept(null, ResultFile.UNREACHED + Rendered.thrown(thrown));
        }
    }

    private String outcome(Kept kept) {
        Ready ready = kept.ready();
        if (ready == null) {
            return kept.failure();
        }
        Renderer renderer = new Renderer(views);
        // Whatever a library throws is a result.
        try {
            return renderer.text(interpreter.call(ready)) + leftBehind(ready, renderer);
        } catch (InvocationTargetException thrown) {
            return ResultFile.THROWN
                    + Rendered.thrown(thrown.getCause())
                    + leftBehind(ready, renderer);
        } catch (Exception | Error thrown) {
            return ResultFile.THROWN + Rendered.thrown(thrown);
        }
    }

    /** What became of the objects that took part. */
    private static String leftBehind(Ready ready, Renderer renderer) {
        StringJoiner left = new StringJoiner("");
        if (ready.receiver() != null) {
            left.add("; it is now " + renderer.text(ready.receiver()));
        }
        for (Object argument : ready.arguments()) {
            if (!Renderer.isPlain(argument)) {
                left.add("; argument " + renderer.text(argument));
            }
        }
        return left.toString();
    }

    private <T> T within(Callable<T> work, T late) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "call", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            thread.interrupt();
            return late;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a call broke its frame", broken);
        }
    }
}
