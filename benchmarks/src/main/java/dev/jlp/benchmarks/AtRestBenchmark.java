package dev.jlp.benchmarks;

import dev.jlp.benchmarks.subject.Point;
import dev.jlp.benchmarks.subject.Shape;
import dev.jlp.benchmarks.subject.Subject;
import dev.jlp.control.ControlProblem;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/** A method of each kind, in a JVM that {@link AtRest} prepares: original, patched, or the fixed release. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AtRestBenchmark {

    private final Subject subject = new Subject();
    private final Shape[] shapes = Shape.some(64);
    private final int[] numbers = new int[64];
    private final IntUnaryOperator big = Patching.big();
    private int turn;

    @Setup
    public void prepare() throws IOException, ControlProblem {
        Patching.warmUp();
        if (System.getProperty("jlp.benchmarks.patch") != null) {
            Patching.load();
            Patching.await();
        }
        Patching.require(!System.getProperty("jlp.benchmarks.state", "").equals("original"));
        subject.set(2);
    }

    @Benchmark
    public int getter() {
        return subject.getter();
    }

    @Benchmark
    public int megamorphic() {
        turn = (turn + 1) & 63;
        return shapes[turn].area();
    }

    @Benchmark
    public Point constructor() {
        return new Point(turn);
    }

    @Benchmark
    public int companion() {
        return subject.companion();
    }

    @Benchmark
    public int shadowField() {
        return subject.shadow();
    }

    @Benchmark
    public int big() {
        return big.applyAsInt(turn);
    }

    @Benchmark
    public int lambda() {
        return subject.lambda().applyAsInt(turn);
    }

    @Benchmark
    public int locked() {
        return subject.locked();
    }

    @Benchmark
    public int loop() {
        return subject.loop(numbers);
    }
}
