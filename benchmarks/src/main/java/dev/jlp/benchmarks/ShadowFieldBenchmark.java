package dev.jlp.benchmarks;

import dev.jlp.api.ShadowField;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One access to a field of one object of many, which come in no order: plain, and shadow fields. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShadowFieldBenchmark {

    /** A class with the field, and without it. */
    public static final class Owner {
        int plain;
        Object plainReference = this;
    }

    // As in generated code: constants for the compiler.
    private static final ShadowField BITS = ShadowField.of(Owner.class, "bits", "I");
    private static final ShadowField REFERENCE =
            ShadowField.of(Owner.class, "reference", "Ljava/lang/Object;");
    private static final ShadowField OTHERS = ShadowField.of(Owner.class, "others", "I");
    private static final ShadowField EMPTY = ShadowField.of(Owner.class, "empty", "I");

    @Param({"1000", "100000"})
    public int objects;

    private Owner[] owners = {};
    private Owner[] others = {};

    /** Where a thread is in its walk over the objects. */
    @State(Scope.Thread)
    public static class Walk {
        private Owner[] owners = {};
        private int at;

        @Setup
        public void begin(ShadowFieldBenchmark benchmark) {
            owners = benchmark.owners;
            at = new Random().nextInt(owners.length);
        }

        Owner next() {
            at = at + 1 < owners.length ? at + 1 : 0;
            return owners[at];
        }
    }

    @Setup
    public void prepare() {
        owners = some(objects);
        others = some(objects);
        for (int i = 0; i < objects; i++) {
            BITS.setBits(owners[i], i);
            REFERENCE.set(owners[i], "value");
            OTHERS.setBits(others[i], i);
        }
    }

    /** In another order than that of their addresses. */
    private static Owner[] some(int number) {
        List<Owner> made = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            made.add(new Owner());
        }
        Collections.shuffle(made, new Random(number));
        return made.toArray(Owner[]::new);
    }

    @Benchmark
    public long readPlain(Walk walk) {
        return walk.next().plain;
    }

    @Benchmark
    public long readHit(Walk walk) {
        return BITS.getBits(walk.next(), -1);
    }

    @Benchmark
    public Object readReferencePlain(Walk walk) {
        return walk.next().plainReference;
    }

    @Benchmark
    public @Nullable Object readReferenceHit(Walk walk) {
        return REFERENCE.get(walk.next(), this);
    }

    @Benchmark
    public long readVolatileHit(Walk walk) {
        return BITS.getBitsVolatile(walk.next(), -1);
    }

    @Benchmark
    public long readMiss(Walk walk) {
        return OTHERS.getBits(walk.next(), -1);
    }

    @Benchmark
    public long readEmpty(Walk walk) {
        return EMPTY.getBits(walk.next(), -1);
    }

    @Benchmark
    public void writePlain(Walk walk) {
        walk.next().plain = walk.at;
    }

    @Benchmark
    public void writeHit(Walk walk) {
        BITS.setBits(walk.next(), walk.at);
    }

    @Benchmark
    public Owner newPlain() {
        Owner fresh = new Owner();
        fresh.plain = 1;
        return fresh;
    }

    @Benchmark
    public Owner newWithValue() {
        Owner fresh = new Owner();
        OTHERS.setBits(fresh, 1);
        return fresh;
    }

    /** The first question after an object's identity hash makes the JVM choose one. */
    @Benchmark
    public long newReadMiss() {
        return OTHERS.getBits(new Owner(), 1);
    }
}
