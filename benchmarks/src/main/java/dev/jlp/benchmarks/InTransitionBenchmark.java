package dev.jlp.benchmarks;

import dev.jlp.benchmarks.subject.Subject;
import dev.jlp.control.ControlProblem;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Calls of a changed method by a thread of our own, a million for each request of the measuring thread: inside
 * an old body, where it cannot settle, or outside. Another thread in an old body holds the transition open.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InTransitionBenchmark {

    private static final int CALLS = 1_000_000;

    private final Subject subject = new Subject();
    private final SynchronousQueue<Integer> requests = new SynchronousQueue<>();
    private final SynchronousQueue<Integer> answers = new SynchronousQueue<>();

    @Setup
    public void prepare() throws IOException, ControlProblem, InterruptedException {
        Patching.warmUp();
        String state = System.getProperty("jlp.benchmarks.state", "");
        boolean inside = state.equals("unsettled");
        start(() -> subject.hold(() -> park()));
        start(inside ? () -> subject.hold(this::serve) : this::serve);
        calls(); // the thread is where it has to be
        if (System.getProperty("jlp.benchmarks.patch") != null) {
            Patching.load();
            Patching.require(true); // this thread has settled, so the transition runs
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int calls() throws InterruptedException {
        requests.put(CALLS);
        return answers.take();
    }

    private void serve() {
        try {
            while (true) {
                answers.put(run(requests.take()));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private int run(int calls) {
        int sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += subject.getter();
        }
        return sum;
    }

    private static void park() {
        while (true) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        thread.start();
    }
}
