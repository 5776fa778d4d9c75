package dev.jlp.benchmarks.subject;

/** Four of them make a megamorphic call. */
public abstract class Shape {

    public abstract int area();

    /** One of each kind, in turn. */
    public static Shape[] some(int count) {
        Shape[] some = new Shape[count];
        for (int i = 0; i < count; i++) {
            some[i] = i % 4 == 0
                    ? new One()
                    : i % 4 == 1 ? new Two() : i % 4 == 2 ? new Three() : new Four();
        }
        return some;
    }

    private static final class One extends Shape {
        @Override
        public int area() {
            return 11;
        }
    }

    private static final class Two extends Shape {
        @Override
        public int area() {
            return 12;
        }
    }

    private static final class Three extends Shape {
        @Override
        public int area() {
            return 13;
        }
    }

    private static final class Four extends Shape {
        @Override
        public int area() {
            return 14;
        }
    }
}
