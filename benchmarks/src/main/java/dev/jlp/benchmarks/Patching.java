package dev.jlp.benchmarks;

import dev.jlp.benchmarks.subject.Point;
import dev.jlp.benchmarks.subject.Shape;
import dev.jlp.benchmarks.subject.Subject;
import dev.jlp.control.ControlProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/** Loads the patch for the subjects into this JVM, from within, by its control socket. */
final class Patching {

    private static final int WARM_UP = 20_000;

    private static volatile int sink;

    private Patching() {}

    /** The original must have been compiled before, as in a JVM that serves. */
    static void warmUp() {
        Subject subject = new Subject();
        Shape[] shapes = Shape.some(8);
        int[] numbers = new int[8];
        IntUnaryOperator big = big();
        int sum = sink;
        for (int i = 0; i < WARM_UP; i++) {
            sum += subject.getter() + subject.locked() + subject.lambda().applyAsInt(i);
            sum += subject.companion() + subject.shadow() + big.applyAsInt(i);
            sum += subject.loop(numbers) + shapes[i & 7].area() + new Point(i).x;
        }
        sink = sum;
    }

    /** From the class that {@link Big} makes. */
    static IntUnaryOperator big() {
        try {
            return Class.forName(Big.NAME)
                    .asSubclass(IntUnaryOperator.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(Big.NAME, missing);
        }
    }

    static void load() throws IOException, ControlProblem {
        control().load(Path.of(System.getProperty("jlp.benchmarks.patch", "")));
    }

    static void await() throws IOException, ControlProblem {
        control().await();
    }

    static void require(boolean fixed) {
        if (new Subject().getter() != (fixed ? 5 : 4)) {
            throw new IllegalStateException("the wrong release runs");
        }
    }

    private static Control control() throws IOException {
        return new Control(ProcessHandle.current().pid());
    }
}
